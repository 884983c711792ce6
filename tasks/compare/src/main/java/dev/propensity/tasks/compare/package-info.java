/**
 * The task {@code compare}: scores the folds of an experiment and reports which candidate is best.
 *
 * <p>Start with {@link dev.propensity.tasks.compare.CompareTask}; {@code ComparisonPage} is its
 * page.
 */
@NullMarked
package dev.propensity.tasks.compare;

import org.jspecify.annotations.NullMarked;
