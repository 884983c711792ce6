package dev.propensity.monitoring.drift;

import org.jspecify.annotations.Nullable;

/**
 * A chart.
 *
 * @param variable null for the charts of rejected rows and of the volume
 */
record ChartKey(ChartType type, @Nullable Variable variable) {}
