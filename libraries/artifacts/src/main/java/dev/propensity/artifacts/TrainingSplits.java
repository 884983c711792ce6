package dev.propensity.artifacts;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.split.Split;
import dev.propensity.foundation.UserException;
import java.util.List;
import java.util.Locale;

/**
 * The part of the features that training reads.
 *
 * @param encoder fitted on the train split
 */
public record TrainingSplits(Encoder encoder, FeatureTable train, FeatureTable validation) {
  /** Rejects tables of another encoder and splits without enough rows of either label. */
  public TrainingSplits {
    requireOf(encoder, train);
    requireOf(encoder, validation);
    requireBothLabels(Split.TRAIN, train);
    requireBothLabels(Split.VALIDATION, validation);
  }

  static void requireOf(Encoder encoder, FeatureTable table) {
    List<String> names = encoder.names();
    if (!table.names().equals(names)) {
      throw new UserException(
          "the features are " + table.names() + ", their encoder returns " + names);
    }
  }

  static void requireBothLabels(Split split, FeatureTable table) {
    int positives = table.positives();
    int negatives = table.rows() - positives;
    if (Math.min(positives, negatives) < split.minimumRows()) {
      throw new UserException(
          "the %s split has %d positive and %d negative rows; training needs at least %d of each"
              .formatted(
                  split.name().toLowerCase(Locale.ROOT),
                  positives,
                  negatives,
                  split.minimumRows()));
    }
  }
}
