/**
 * The task {@code outcomes}: stores what scored customers did.
 *
 * <p>Start with {@link dev.propensity.tasks.outcomes.OutcomesTask}.
 */
@NullMarked
package dev.propensity.tasks.outcomes;

import org.jspecify.annotations.NullMarked;
