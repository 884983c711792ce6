package dev.propensity.tasks.evaluate;

import dev.propensity.artifacts.Features;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.dataset.DatasetSpec;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.util.Optional;

/**
 * The artifacts that an evaluation reads.
 *
 * @param champion the model to compare with, where there is one
 * @param standing the evaluation in the release ledger, where the model is the champion
 */
record Inputs(
    TrainedModelArtifact model,
    Features features,
    Optional<TrainedModelArtifact> champion,
    Optional<Artifact> standing) {
  private static final String NONE = "none";

  /**
   * Finds the artifacts; asks the ledger for the champion where none is given.
   *
   * @param champion a model's URI, or {@code none}
   * @throws UserException if one is not there, of another kind or of another data set
   */
  static Inputs find(
      ArtifactStore store,
      DatasetSpec spec,
      S3Location modelUri,
      S3Location featuresUri,
      Optional<String> champion) {
    TrainedModelArtifact model = TrainedModelArtifact.require(store, modelUri);
    Features features = Features.require(store, featuresUri);
    String name = features.origin().nameOf(spec.name());
    features.requireOf(spec);
    model.requireNamed(name);
    if (champion.isPresent()) {
      return new Inputs(model, features, given(store, champion.get(), name), Optional.empty());
    }
    Optional<Release> released = new ReleaseLedger(store, name).champion();
    if (released.isEmpty()) {
      return new Inputs(model, features, Optional.empty(), Optional.empty());
    }
    Optional<Artifact> standing =
        isSameModel(model, released.get())
            ? store.find(released.get().evaluation())
            : Optional.empty();
    if (standing.isEmpty()) {
      TrainedModelArtifact other = TrainedModelArtifact.require(store, released.get().model());
      return new Inputs(model, features, Optional.of(other), standing);
    }
    // When forced, a champion is evaluated again against the one that it was released over.
    Optional<TrainedModelArtifact> before =
        Optional.ofNullable(standing.get().manifest().inputs().get("champion"))
            .flatMap(input -> store.find(input.uri()))
            .map(found -> new TrainedModelArtifact(ArtifactFiles.stored(store, found)));
    return new Inputs(model, features, before, standing);
  }

  private static Optional<TrainedModelArtifact> given(
      ArtifactStore store, String champion, String name) {
    if (champion.equals(NONE)) {
      return Optional.empty();
    }
    return Optional.of(
        TrainedModelArtifact.require(store, S3Location.parse(champion)).requireNamed(name));
  }

  private static boolean isSameModel(TrainedModelArtifact model, Release release) {
    return model.uri().equals(release.model()) || model.digest().equals(release.digest());
  }
}
