package dev.propensity.model.evaluation;

import dev.propensity.model.Model;
import dev.propensity.model.metric.LogisticLine;
import dev.propensity.model.metric.ScoredRows;
import java.util.Optional;

/**
 * A model with its scores of the test rows.
 *
 * @param rows the test rows with their scores
 * @param threshold the score from which the model selects a row
 * @param calibrationLine to forecast the profit; see {@link Model#calibrationLine}
 */
public record ScoredModel(
    ScoredRows rows, double threshold, Optional<LogisticLine> calibrationLine) {

  /** The same with other rows. */
  ScoredModel withRows(ScoredRows others) {
    return new ScoredModel(others, threshold, calibrationLine);
  }
}
