/**
 * An experiment's candidates on the folds, and which of them is best.
 *
 * <p>Start with {@link dev.propensity.model.comparison.Comparer}.
 */
@NullMarked
package dev.propensity.model.comparison;

import org.jspecify.annotations.NullMarked;
