package dev.propensity.tasks.deploy;

import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.model.Model.SampleRow;
import dev.propensity.tracking.Release;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The rows of a model artifact whose scores are on record; nothing else of it is read. */
final class SampleRows {
  private static final String FILE = "sample-rows.json";

  private final ArtifactStore store;

  SampleRows(ArtifactStore store) {
    this.store = store;
  }

  List<SampleRow> of(Release release) {
    Artifact model = store.require(release.model(), "train");
    try (InputStream in = store.open(model, FILE)) {
      return List.of(CanonicalJson.read(in.readAllBytes(), SampleRow[].class, FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
