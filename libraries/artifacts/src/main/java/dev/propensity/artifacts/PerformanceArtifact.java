package dev.propensity.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.monitoring.performance.Performance;
import dev.propensity.report.HtmlPage;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Input;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a model performed on the customers that it scored in a window. */
public record PerformanceArtifact(ArtifactFiles files) implements StageArtifact {
  /** The task that writes it. */
  public static final String PRODUCER = "performance";

  /** What was joined. */
  public static final String SOURCES = "sources.json";

  private static final String EVALUATION = "evaluation";

  /**
   * What was joined, by keys below the store's root. None of these are inputs as artifacts are,
   * since they are deleted when their days are over: the computation's key has the digest of this
   * document, so that late outcomes make another artifact.
   *
   * @param segments captured rows, the digest of each
   * @param predictions the time at which each was made
   * @param outcomes batches of outcomes, the digest of each
   */
  public record Sources(
      SortedMap<String, Digest> segments,
      SortedMap<String, String> predictions,
      SortedMap<String, Digest> outcomes) {}

  /**
   * The artifact at this location.
   *
   * @throws dev.propensity.foundation.UserException if there is none
   */
  public static PerformanceArtifact require(ArtifactStore store, S3Location uri) {
    return new PerformanceArtifact(ArtifactFiles.stored(store, store.require(uri, PRODUCER)));
  }

  /**
   * What was computed.
   *
   * @param evaluation that the model's release was decided by, if it was released
   */
  public static Computation computation(
      DatasetSpec spec,
      Performance performance,
      TrainedModelArtifact model,
      Optional<EvaluationArtifact> evaluation,
      Sources sources,
      Digest code) {
    SortedMap<String, JsonNode> parameters =
        SpecificationSections.of(spec, "title", "outcomes", "offer", "release", "monitor");
    parameters.put("window", new TextNode(performance.window()));
    parameters.put("sources", new TextNode(CanonicalJson.digest(sources).hex()));
    SortedMap<String, Input> inputs = new TreeMap<>();
    inputs.put(TrainedModelArtifact.INPUT, model.asInput());
    evaluation.ifPresent(artifact -> inputs.put(EVALUATION, artifact.asInput()));
    return new Computation(
        spec.name(), Origin.ofName(performance.name()), PRODUCER, code, parameters, inputs);
  }

  /**
   * Writes the files into this folder.
   *
   * @param report the performance as HTML
   */
  public static void write(Path folder, Performance performance, Sources sources, String report)
      throws IOException {
    Files.write(folder.resolve(Performance.FILE), CanonicalJson.bytes(performance));
    Files.write(folder.resolve(SOURCES), CanonicalJson.bytes(sources));
    HtmlPage.write(folder, report);
  }

  /** Reads the performance. */
  public Performance performance() {
    return Performance.parse(
        files.read(Performance.FILE), files.location(Performance.FILE).toString());
  }

  /** Reads what was joined. */
  public Sources sources() {
    return CanonicalJson.read(files.read(SOURCES), Sources.class, SOURCES);
  }

  /** The model. */
  public Input model() {
    return Objects.requireNonNull(
        artifact().manifest().inputs().get(TrainedModelArtifact.INPUT), TrainedModelArtifact.INPUT);
  }
}
