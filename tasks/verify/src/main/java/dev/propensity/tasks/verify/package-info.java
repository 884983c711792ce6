/**
 * The task {@code verify}: compares an artifact and all it derives from with the recorded digests.
 *
 * <p>Start with {@link dev.propensity.tasks.verify.VerifyTask}.
 */
@NullMarked
package dev.propensity.tasks.verify;

import org.jspecify.annotations.NullMarked;
