package dev.propensity.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.model.Baseline;
import dev.propensity.model.Model;
import dev.propensity.model.Model.SampleRow;
import dev.propensity.model.ModelDirectory;
import dev.propensity.model.TrainingHistory;
import dev.propensity.model.trainer.Trainer;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Input;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A trained model: the files of a {@link ModelDirectory}. */
public record TrainedModelArtifact(ArtifactFiles files) implements StageArtifact {
  /** The task that writes it. */
  public static final String PRODUCER = "train";

  /** The name of this artifact among the inputs of a computation. */
  static final String INPUT = "model";

  /** The name of the comparison among the inputs of a final model. */
  public static final String COMPARISON = "comparison";

  private static final String LEARNER = "learner";
  private static final String PARAMETERS = "parameters";

  /**
   * The model at this location.
   *
   * @throws UserException if there is none
   */
  public static TrainedModelArtifact require(ArtifactStore store, S3Location uri) {
    return new TrainedModelArtifact(ArtifactFiles.stored(store, store.require(uri, PRODUCER)));
  }

  /**
   * What is computed.
   *
   * @param comparison whose candidate a final model is
   * @param parameters all of the trainer's
   */
  public static Computation computation(
      DatasetSpec spec,
      Features features,
      Optional<Input> comparison,
      Trainer trainer,
      JsonNode parameters,
      Digest code) {
    SortedMap<String, JsonNode> described =
        SpecificationSections.of(
            spec, "title", "identifier", "label", "features", "split", "offer");
    described.put(LEARNER, new TextNode(trainer.name()));
    described.put(PARAMETERS, parameters);
    SortedMap<String, Input> inputs = new TreeMap<>();
    inputs.put(Features.INPUT, features.asInput());
    comparison.ifPresent(input -> inputs.put(COMPARISON, input));
    return new Computation(spec.name(), features.origin(), PRODUCER, code, described, inputs);
  }

  /** The learner's name. */
  public String learner() {
    return parameter(LEARNER).asText();
  }

  /** All parameters of the learner. */
  public JsonNode parameters() {
    return parameter(PARAMETERS);
  }

  /** The features that it was trained on. */
  public Input features() {
    return Objects.requireNonNull(
        artifact().manifest().inputs().get(Features.INPUT), Features.INPUT);
  }

  /** The digest that identifies a model: of its files, not of its key. */
  public Digest digest() {
    return Release.digestOf(artifact());
  }

  /** Its version in the release ledger; empty where it is not registered. */
  public Optional<Integer> version() {
    return new ReleaseLedger(files.store(), name())
        .latest()
        .map(state -> state.versionOf(digest()))
        .filter(version -> version > 0);
  }

  /** A readable title. */
  public String title() {
    return artifact().titled(learner());
  }

  /**
   * Reads everything that scoring needs.
   *
   * @throws UserException where a file is missing or damaged
   */
  public Model load() throws IOException {
    try (WorkFolder work = new WorkFolder()) {
      return Model.load(files.folder(work.path()));
    }
  }

  /** Reads the threshold only: from which score on a row is selected. */
  public double threshold() {
    byte[] json = files.read(ModelDirectory.DESCRIPTION);
    return CanonicalJson.read(json, JsonNode.class, ModelDirectory.DESCRIPTION)
        .path("threshold")
        .doubleValue();
  }

  /** Reads the encoder only. */
  public Encoder encoder() throws IOException {
    try (WorkFolder work = new WorkFolder()) {
      return Encoder.read(files.folder(work.path(), Encoder.FILE).resolve(Encoder.FILE));
    }
  }

  /**
   * Reads the statistics of its training data, with values in the encoder's order.
   *
   * @throws UserException if it has none
   */
  public Baseline baseline() {
    if (!artifact().manifest().files().containsKey(ModelDirectory.BASELINE)) {
      throw new UserException(
          uri()
              + " has no "
              + ModelDirectory.BASELINE
              + ", with which new rows are compared: train the model again");
    }
    Baseline baseline =
        Baseline.parse(
            files.read(ModelDirectory.BASELINE),
            files.location(ModelDirectory.BASELINE).toString());
    try {
      return baseline.ordered(encoder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the rows whose scores are recorded, only. */
  public List<SampleRow> sampleRows() {
    byte[] json = files.read(ModelDirectory.SAMPLES);
    return List.of(CanonicalJson.read(json, SampleRow[].class, ModelDirectory.SAMPLES));
  }

  private JsonNode parameter(String name) {
    return Objects.requireNonNull(artifact().manifest().parameters().get(name), name);
  }

  /** A warning about the model in one line; null where there is none. */
  public @Nullable String warning() {
    TrainingHistory training =
        ModelDirectory.training(files.read(ModelDirectory.TRAINING), uri().toString());
    return training.hasNoSplit() ? "WARNING: " + TrainingHistory.CONSTANT : null;
  }
}
