/**
 * The task {@code performance}: joins the scores of a window with their outcomes.
 *
 * <p>Start with {@link dev.propensity.tasks.performance.PerformanceTask}.
 */
@NullMarked
package dev.propensity.tasks.performance;

import org.jspecify.annotations.NullMarked;
