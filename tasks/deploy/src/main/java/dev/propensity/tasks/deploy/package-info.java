/**
 * The task {@code deploy}: has the endpoint serve the champion, and verifies it by sample rows.
 *
 * <p>Start with {@link dev.propensity.tasks.deploy.DeployTask}.
 */
package dev.propensity.tasks.deploy;
