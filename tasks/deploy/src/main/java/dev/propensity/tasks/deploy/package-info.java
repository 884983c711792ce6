/**
 * The task {@code deploy}: deploys the champion to the endpoint, and verifies it with sample rows.
 *
 * <p>Start with {@link dev.propensity.tasks.deploy.DeployTask}.
 */
@NullMarked
package dev.propensity.tasks.deploy;

import org.jspecify.annotations.NullMarked;
