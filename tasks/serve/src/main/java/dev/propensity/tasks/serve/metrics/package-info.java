/**
 * What Prometheus reads of the server.
 *
 * <p>Start with {@link dev.propensity.tasks.serve.metrics.Metrics}.
 */
package dev.propensity.tasks.serve.metrics;
