package dev.propensity.artifacts;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Input;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The artifacts that an evaluation reads.
 *
 * @param champion the model to compare with, where there is one
 * @param ledgerEvaluation the evaluation in the release ledger, where the model is the champion
 */
public record EvaluationInputs(
    TrainedModelArtifact model,
    Features features,
    Optional<TrainedModelArtifact> champion,
    Optional<Artifact> ledgerEvaluation) {
  private static final String NONE = "none";

  /**
   * Finds the artifacts, and the champion in the release ledger where none is given.
   *
   * @param champion a model's URI, or {@code none}
   * @throws dev.propensity.foundation.UserException if one does not exist, is of another kind or of
   *     another dataset
   */
  public static EvaluationInputs require(
      ArtifactStore store,
      DatasetSpec spec,
      S3Location modelUri,
      S3Location featuresUri,
      Optional<String> champion) {
    TrainedModelArtifact model = TrainedModelArtifact.require(store, modelUri);
    Features features = Features.require(store, featuresUri);
    features.requireOf(spec);
    String name = features.name();
    model.requireNamed(name);
    if (champion.isPresent()) {
      return new EvaluationInputs(
          model, features, given(store, champion.get(), name), Optional.empty());
    }
    Optional<Release> released = new ReleaseLedger(store, name).champion();
    if (released.isEmpty()) {
      return new EvaluationInputs(model, features, Optional.empty(), Optional.empty());
    }
    Optional<Artifact> recorded =
        isSameModel(model, released.get())
            ? store.find(released.get().evaluation())
            : Optional.empty();
    if (recorded.isEmpty()) {
      TrainedModelArtifact other = TrainedModelArtifact.require(store, released.get().model());
      return new EvaluationInputs(model, features, Optional.of(other), recorded);
    }
    // When forced, a champion is evaluated again against the champion that it replaced.
    Optional<TrainedModelArtifact> before =
        EvaluationArtifact.champion(recorded.get())
            .flatMap(input -> store.find(input.uri()))
            .map(found -> new TrainedModelArtifact(ArtifactFiles.stored(store, found)));
    return new EvaluationInputs(model, features, before, recorded);
  }

  private static Optional<TrainedModelArtifact> given(
      ArtifactStore store, String champion, String name) {
    if (champion.equals(NONE)) {
      return Optional.empty();
    }
    S3Location uri = S3Location.parse(champion);
    TrainedModelArtifact model = TrainedModelArtifact.require(store, uri);
    model.requireNamed(name);
    return Optional.of(model);
  }

  private static boolean isSameModel(TrainedModelArtifact model, Release release) {
    return model.uri().equals(release.model()) || model.digest().equals(release.digest());
  }

  /** As inputs of the computation. */
  SortedMap<String, Input> asInputs() {
    SortedMap<String, Input> inputs = new TreeMap<>();
    inputs.put(TrainedModelArtifact.INPUT, model.asInput());
    inputs.put(Features.INPUT, features.asInput());
    champion.ifPresent(found -> inputs.put(EvaluationArtifact.CHAMPION, found.asInput()));
    return inputs;
  }
}
