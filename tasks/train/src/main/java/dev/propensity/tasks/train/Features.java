package dev.propensity.tasks.train;

import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.dataset.Encoder;
import dev.propensity.dataset.FeatureTable;
import dev.propensity.dataset.Split;
import dev.propensity.foundation.UserException;
import java.nio.file.Path;
import java.util.List;

/** What training reads of the features: the encoder, the train and the validation split. */
record Features(Encoder encoder, FeatureTable train, FeatureTable validation) {
  static final String ENCODER = "encoder.json";
  private static final int FEWEST = 2;

  Features {
    for (FeatureTable table : List.of(train, validation)) {
      requireMadeBy(encoder, table);
    }
    requireBothLabels("train", train);
    requireBothLabels("validation", validation);
  }

  static void requireMadeBy(Encoder encoder, FeatureTable table) {
    List<String> names =
        encoder.features().stream().map(feature -> feature.column().name()).toList();
    if (!table.names().equals(names)) {
      throw new UserException(
          "the features are " + table.names() + ", their encoder makes " + names);
    }
  }

  static void requireBothLabels(String split, FeatureTable table) {
    int positives = 0;
    for (byte label : table.labels()) {
      positives += label;
    }
    int negatives = table.rows() - positives;
    if (positives < FEWEST || negatives < FEWEST) {
      throw new UserException(
          "the %s split has %d positive and %d negative rows; learning needs at least %d of each"
              .formatted(split, positives, negatives, FEWEST));
    }
  }

  /** Fetches these files into the folder and reads them; the test rows are left where they are. */
  static Features fetch(ArtifactStore store, Artifact features, Path folder) {
    String train = Split.TRAIN.fileName();
    String validation = Split.VALIDATION.fileName();
    if (!features.manifest().files().containsKey(validation)) {
      throw new UserException(
          features.uri()
              + " has no validation rows: only a final model, with --comparison, learns"
              + " from it");
    }
    store.fetch(features, folder, ENCODER, train, validation);
    return new Features(
        Encoder.read(folder.resolve(ENCODER)),
        FeatureTable.read(folder.resolve(train)),
        FeatureTable.read(folder.resolve(validation)));
  }
}
