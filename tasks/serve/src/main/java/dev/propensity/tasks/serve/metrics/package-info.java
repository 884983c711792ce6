/**
 * The server's metrics for Prometheus.
 *
 * <p>Start with {@link dev.propensity.tasks.serve.metrics.ServerMetrics}.
 */
@NullMarked
package dev.propensity.tasks.serve.metrics;

import org.jspecify.annotations.NullMarked;
