/**
 * Outcomes that arrive over HTTP.
 *
 * <p>Start with {@link dev.propensity.tasks.serve.outcome.OutcomeRoute}.
 */
@NullMarked
package dev.propensity.tasks.serve.outcome;

import org.jspecify.annotations.NullMarked;
