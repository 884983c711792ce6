/**
 * An experiment's candidates on the folds, and which of them is best.
 *
 * <p>Start with {@link dev.propensity.model.comparison.Comparer}.
 */
package dev.propensity.model.comparison;
