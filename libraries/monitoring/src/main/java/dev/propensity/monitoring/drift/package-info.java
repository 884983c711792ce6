/**
 * The drift rule: whether a window of captured rows still looks like those before it.
 *
 * <p>Pure functions of counts. Start with {@link dev.propensity.monitoring.drift.DriftRule}, which
 * turns the counts of a window ({@link dev.propensity.monitoring.drift.WindowCounts}) into {@link
 * dev.propensity.monitoring.drift.Monitoring}; {@link dev.propensity.monitoring.drift.History}
 * chooses the windows that it is compared with. The unit is the window, not the row: windows vary
 * by more than chance although nothing is wrong, so limits come from the variation between windows.
 */
@NullMarked
package dev.propensity.monitoring.drift;

import org.jspecify.annotations.NullMarked;
