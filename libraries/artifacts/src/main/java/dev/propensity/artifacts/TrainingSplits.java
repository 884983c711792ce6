package dev.propensity.artifacts;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.foundation.UserException;
import java.util.List;

/**
 * The part of the features that training reads.
 *
 * @param encoder fitted on the train split
 */
public record TrainingSplits(Encoder encoder, FeatureTable train, FeatureTable validation) {
  private static final int MIN_ROWS = 2;

  /** Rejects tables of another encoder and splits without enough rows of either label. */
  public TrainingSplits {
    requireOf(encoder, train);
    requireOf(encoder, validation);
    requireBothLabels("train", train);
    requireBothLabels("validation", validation);
  }

  static void requireOf(Encoder encoder, FeatureTable table) {
    List<String> names = encoder.names();
    if (!table.names().equals(names)) {
      throw new UserException(
          "the features are " + table.names() + ", their encoder returns " + names);
    }
  }

  static void requireBothLabels(String split, FeatureTable table) {
    int positives = table.positives();
    int negatives = table.rows() - positives;
    if (positives < MIN_ROWS || negatives < MIN_ROWS) {
      throw new UserException(
          "the %s split has %d positive and %d negative rows; training needs at least %d of each"
              .formatted(split, positives, negatives, MIN_ROWS));
    }
  }
}
