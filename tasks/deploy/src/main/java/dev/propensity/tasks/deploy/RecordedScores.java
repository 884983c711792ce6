package dev.propensity.tasks.deploy;

import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.model.Model.SampleRow;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.tracking.Release;
import java.util.List;

/** The sample rows of a model artifact with their recorded scores; nothing else of it is read. */
record RecordedScores(ArtifactStore store) {

  List<SampleRow> of(Release release) {
    return TrainedModelArtifact.require(store, release.model()).sampleRows();
  }
}
