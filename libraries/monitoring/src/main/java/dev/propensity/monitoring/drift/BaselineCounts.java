package dev.propensity.monitoring.drift;

import java.util.Map;

/**
 * What the model was trained on.
 *
 * @param columns each feature by name, of all training rows
 * @param scores rows that the model was not trained on, by bins of their scores
 */
public record BaselineCounts(Map<String, BaselineColumn> columns, long[] scores) {}
