/**
 * The server's metrics for Prometheus.
 *
 * <p>Start with {@link dev.propensity.tasks.serve.metrics.ServerMetrics}.
 */
package dev.propensity.tasks.serve.metrics;
