package dev.propensity.tasks.train;

import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.dataset.Encoder;
import dev.propensity.dataset.FeatureTable;
import dev.propensity.dataset.Split;
import java.nio.file.Path;

/** What training a final model reads of the features: the encoder, all rows outside test. */
record AllRows(Encoder encoder, FeatureTable rows) {

  AllRows {
    Features.requireMadeBy(encoder, rows);
    Features.requireBothLabels("train", rows);
  }

  /** Fetches these files into the folder and reads them. */
  static AllRows fetch(ArtifactStore store, Artifact features, Path folder) {
    String train = Split.TRAIN.fileName();
    store.fetch(features, folder, Features.ENCODER, train);
    return new AllRows(
        Encoder.read(folder.resolve(Features.ENCODER)), FeatureTable.read(folder.resolve(train)));
  }
}
