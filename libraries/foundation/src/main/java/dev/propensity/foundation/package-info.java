/**
 * What every module may use: the two kinds of failure, digests, canonical JSON, spelling
 * suggestions.
 *
 * <p>Start with {@link dev.propensity.foundation.UserException}, for what a user has to fix, and
 * {@link dev.propensity.foundation.UnavailableException}, for what passes. Depends on no other
 * module.
 */
package dev.propensity.foundation;
