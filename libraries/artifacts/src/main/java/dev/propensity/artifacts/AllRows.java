package dev.propensity.artifacts;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.split.Split;

/**
 * The part of the features that training a final model reads.
 *
 * @param encoder fitted on these rows
 * @param rows all rows outside the test split
 */
public record AllRows(Encoder encoder, FeatureTable rows) {
  /** Rejects a table of another encoder and one without enough rows of either label. */
  public AllRows {
    TrainingSplits.requireOf(encoder, rows);
    TrainingSplits.requireBothLabels(Split.TRAIN, rows);
  }
}
