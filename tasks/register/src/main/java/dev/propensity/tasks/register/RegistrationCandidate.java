package dev.propensity.tasks.register;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.artifacts.EvaluationArtifact;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.model.Trainers;
import dev.propensity.model.evaluation.Evaluation.Verdict;
import dev.propensity.model.trainer.Trainer;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Input;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.Release;
import java.util.Optional;

/**
 * A model with its evaluation, to be registered.
 *
 * @param name the dataset's name with its origin
 * @param model the model artifact
 * @param digest of the model's files
 * @param evaluation the evaluation artifact
 * @param verdict of the evaluation
 * @param comparedWith the champion that it was compared with, if there was one
 * @param asSpecified whether learner and parameters are those of the specification
 */
record RegistrationCandidate(
    String name,
    S3Location model,
    Digest digest,
    S3Location evaluation,
    Verdict verdict,
    Optional<S3Location> comparedWith,
    boolean asSpecified) {

  /**
   * Reads the evaluation and the manifests of what it evaluated.
   *
   * @throws dev.propensity.foundation.UserException if there is no such evaluation, it is damaged,
   *     of another dataset, or of a model that no longer exists
   */
  static RegistrationCandidate find(ArtifactStore store, DatasetSpec spec, S3Location uri) {
    EvaluationArtifact evaluation = EvaluationArtifact.require(store, uri);
    evaluation.requireOf(spec);
    TrainedModelArtifact model = evaluation.requireModel();
    return new RegistrationCandidate(
        evaluation.name(),
        model.uri(),
        model.digest(),
        uri,
        evaluation.evaluation().verdict(),
        evaluation.champion().map(Input::uri),
        isAsSpecified(model, spec));
  }

  /** The release of this candidate as the version of that number. */
  Release as(int version) {
    return new Release(version, model, digest, evaluation);
  }

  // A manual run may set another learner or parameters; a scheduled one uses the specification's.
  private static boolean isAsSpecified(TrainedModelArtifact model, DatasetSpec spec) {
    Trainer trainer = Trainers.named(spec.learner());
    JsonNode specified =
        spec.parameters().getOrDefault(trainer.name(), CanonicalJson.mapper().createObjectNode());
    return trainer.name().equals(model.learner())
        && CanonicalJson.text(trainer.parameters(specified))
            .equals(CanonicalJson.text(model.parameters()));
  }
}
