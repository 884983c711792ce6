package dev.propensity.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.report.HtmlPage;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Input;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model's metrics on the test split, compared with the champion's, with a verdict and its
 * reasons.
 */
public record EvaluationArtifact(ArtifactFiles files) implements StageArtifact {
  /** The task that writes it. */
  public static final String PRODUCER = "evaluate";

  /** The name of the champion among the inputs. */
  static final String CHAMPION = "champion";

  /**
   * The evaluation at this location.
   *
   * @throws UserException if there is none
   */
  public static EvaluationArtifact require(ArtifactStore store, S3Location uri) {
    return new EvaluationArtifact(ArtifactFiles.stored(store, store.require(uri, PRODUCER)));
  }

  /** The evaluation at this location; empty where there is none any more. */
  public static Optional<EvaluationArtifact> find(ArtifactStore store, S3Location uri) {
    return store
        .find(uri)
        .filter(artifact -> artifact.manifest().task().equals(PRODUCER))
        .map(artifact -> new EvaluationArtifact(ArtifactFiles.stored(store, artifact)));
  }

  /**
   * What is computed.
   *
   * @param sensitive the columns whose groups the model is evaluated on
   */
  public static Computation computation(
      DatasetSpec spec, EvaluationInputs inputs, List<String> sensitive, Digest code) {
    SortedMap<String, JsonNode> parameters =
        SpecificationSections.of(spec, "title", "release", "offer");
    parameters.put("sensitive", CanonicalJson.mapper().valueToTree(sensitive));
    return new Computation(
        spec.name(), inputs.features().origin(), PRODUCER, code, parameters, inputs.asInputs());
  }

  /**
   * Writes the files into this folder.
   *
   * @param report the evaluation as HTML
   */
  public static void write(Path folder, Evaluation evaluation, String report) throws IOException {
    Files.write(folder.resolve(Evaluation.FILE), CanonicalJson.bytes(evaluation));
    HtmlPage.write(folder, report);
  }

  /** Reads the evaluation. */
  public Evaluation evaluation() {
    return Evaluation.parse(
        files.read(Evaluation.FILE), files.location(Evaluation.FILE).toString());
  }

  /**
   * Reads the model's metrics and nothing else, of whatever schema the document is: those by which
   * the release was decided. Where test rows are duplicates, these are the ones on the other rows;
   * none where these are too few.
   */
  public SortedMap<String, Double> candidateMetrics() {
    JsonNode evaluation =
        CanonicalJson.read(files.read(Evaluation.FILE), JsonNode.class, Evaluation.FILE);
    JsonNode others = evaluation.path("without_copies");
    boolean decide = others.isObject() && !others.path("coincidence").asBoolean();
    SortedMap<String, Double> metrics = new TreeMap<>();
    (decide ? others.path("candidate") : evaluation.path("candidate").path("scalars"))
        .properties()
        .forEach(metric -> metrics.put(metric.getKey(), metric.getValue().doubleValue()));
    return metrics;
  }

  /** {@link #candidateMetrics}, and {@code rows}: the number of test rows, duplicates included. */
  public SortedMap<String, Number> summary() {
    SortedMap<String, Number> summary = new TreeMap<>(candidateMetrics());
    JsonNode evaluation =
        CanonicalJson.read(files.read(Evaluation.FILE), JsonNode.class, Evaluation.FILE);
    summary.put("rows", evaluation.path("rows").intValue());
    return summary;
  }

  /**
   * The model that was evaluated.
   *
   * @throws UserException if it does not exist, or the artifact there is another
   */
  public TrainedModelArtifact requireModel() {
    Input evaluated = artifact().manifest().inputs().get(TrainedModelArtifact.INPUT);
    if (evaluated == null) {
      throw new UserException(uri() + " does not name the model that it evaluated");
    }
    TrainedModelArtifact model = TrainedModelArtifact.require(files.store(), evaluated.uri());
    if (!model.artifact().digest().equals(evaluated.digest())) {
      throw new UserException(model.uri() + " is not the model that " + uri() + " evaluated");
    }
    return model;
  }

  /** The champion that it was compared with, where there was one. */
  public Optional<Input> champion() {
    return champion(artifact());
  }

  static Optional<Input> champion(Artifact evaluation) {
    return Optional.ofNullable(evaluation.manifest().inputs().get(CHAMPION));
  }
}
