/**
 * What Prometheus reads of the server.
 *
 * <p>Start with {@link dev.propensity.tasks.serve.metrics.ServerMetrics}.
 */
package dev.propensity.tasks.serve.metrics;
