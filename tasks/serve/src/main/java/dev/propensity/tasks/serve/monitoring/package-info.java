/**
 * What the server shows of a dataset's monitoring: its traffic, its releases and monitored windows,
 * the reports of windows, and how an uploaded file differs from the training data.
 *
 * <p>Start with {@link dev.propensity.tasks.serve.monitoring.MonitoringRoutes}; what is read from
 * the store is in {@link dev.propensity.tasks.serve.monitoring.LedgerCache}.
 */
@NullMarked
package dev.propensity.tasks.serve.monitoring;

import org.jspecify.annotations.NullMarked;
