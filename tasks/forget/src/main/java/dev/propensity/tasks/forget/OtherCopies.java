package dev.propensity.tasks.forget;

import dev.propensity.artifacts.ComparisonArtifact;
import dev.propensity.artifacts.Features;
import dev.propensity.artifacts.PredictionsArtifact;
import dev.propensity.artifacts.RawTable;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Manifest;
import dev.propensity.storage.S3Location;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The artifacts that have rows, or scores of them, by identifier. */
record OtherCopies(ArtifactStore store, String name) {
  private static final Set<String> TASKS =
      Set.of(
          RawTable.PRODUCER,
          Features.PRODUCER,
          PredictionsArtifact.PRODUCER,
          ComparisonArtifact.PRODUCER);

  /** Where they are. */
  List<String> uris() {
    String end = "/" + Manifest.NAME;
    return store.objects().list(store.root().resolve(name), Optional.empty()).stream()
        .map(S3Location::toString)
        .filter(uri -> uri.endsWith(end))
        .map(uri -> uri.substring(0, uri.length() - end.length()))
        .filter(uri -> TASKS.contains(store.relative(S3Location.parse(uri)).split("/")[1]))
        .toList();
  }
}
