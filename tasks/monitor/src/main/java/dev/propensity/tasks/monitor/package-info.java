/**
 * The task {@code monitor}: compares a window's captured rows with those before and with the
 * training data.
 *
 * <p>Start with {@link dev.propensity.tasks.monitor.MonitorTask}.
 */
@NullMarked
package dev.propensity.tasks.monitor;

import org.jspecify.annotations.NullMarked;
