/**
 * What every module may use: the two kinds of failure, digests, canonical JSON, spelling
 * suggestions.
 *
 * <p>Start with {@link dev.propensity.foundation.UserException}, for errors that the user must fix,
 * and {@link dev.propensity.foundation.UnavailableException}, for transient errors. Depends on no
 * other module.
 */
@NullMarked
package dev.propensity.foundation;

import org.jspecify.annotations.NullMarked;
