package dev.propensity.model.evaluation;

import dev.propensity.model.metric.ScoredRows;

/**
 * A model with its scores of the test rows.
 *
 * @param rows the test rows with their scores
 * @param threshold the score from which the model selects a row
 */
public record ScoredModel(ScoredRows rows, double threshold) {}
