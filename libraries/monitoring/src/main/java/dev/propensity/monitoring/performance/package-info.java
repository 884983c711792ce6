/**
 * How a model performs on live rows: scores of a window joined with their outcomes, and what they
 * say of the model.
 *
 * <p>Start with {@link dev.propensity.monitoring.performance.PerformanceBuilder}.
 */
@NullMarked
package dev.propensity.monitoring.performance;

import org.jspecify.annotations.NullMarked;
