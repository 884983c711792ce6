package dev.propensity.monitoring.drift;

/**
 * One window's value of a chart.
 *
 * @param variance of the value, if rows are independent; windows vary by at least as much
 */
record Point(double value, double variance) {}
