package dev.propensity.tasks.train;

import dev.propensity.artifact.Artifact;
import dev.propensity.artifact.ArtifactStore;
import dev.propensity.dataset.Encoder;
import dev.propensity.dataset.FeatureTable;
import dev.propensity.dataset.Split;
import java.nio.file.Path;

/** What training reads of the features: the encoder, the train and the validation split. */
record Features(Encoder encoder, FeatureTable train, FeatureTable validation) {
  private static final String ENCODER = "encoder.json";

  /** Fetches these files into the folder and reads them; the test rows are left where they are. */
  static Features fetch(ArtifactStore store, Artifact features, Path folder) {
    String train = Split.TRAIN.fileName();
    String validation = Split.VALIDATION.fileName();
    store.fetch(features, folder, ENCODER, train, validation);
    return new Features(
        Encoder.read(folder.resolve(ENCODER)),
        FeatureTable.read(folder.resolve(train)),
        FeatureTable.read(folder.resolve(validation)));
  }
}
