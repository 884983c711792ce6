package dev.propensity.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.Digest;
import dev.propensity.model.prediction.PredictionReport;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Input;
import dev.propensity.storage.Manifest;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The scores of a table's rows, by one model or by the mean of several. */
public record PredictionsArtifact(ArtifactFiles files) implements StageArtifact {
  /** The task that writes it. */
  public static final String PRODUCER = "predict";

  /**
   * The predictions at this location.
   *
   * @throws dev.propensity.foundation.UserException if there are none
   */
  public static PredictionsArtifact require(ArtifactStore store, S3Location uri) {
    return new PredictionsArtifact(ArtifactFiles.stored(store, store.require(uri, PRODUCER)));
  }

  /**
   * The predictions of a dataset that were made in a window, by the time of their manifest, in the
   * order of their keys.
   *
   * @param name the dataset's name with its origin
   */
  public static List<PredictionsArtifact> made(
      ArtifactStore store, String name, TimeWindow window) {
    String end = "/" + Manifest.NAME;
    return store
        .objects()
        .objects(store.root().resolve(name + "/" + PRODUCER), Optional.empty())
        .stream()
        .filter(object -> object.location().key().endsWith(end))
        .filter(object -> window.contains(object.modified()))
        .map(object -> object.location().toString())
        .map(uri -> require(store, S3Location.parse(uri.substring(0, uri.length() - end.length()))))
        .toList();
  }

  /** What is computed. */
  public static Computation computation(
      DatasetSpec spec, RawTable raw, List<TrainedModelArtifact> models, Digest code) {
    SortedMap<String, JsonNode> parameters =
        SpecificationSections.of(spec, "invalid_rows", "submission");
    if (!spec.contact().isNone()) {
      parameters.put("contact", spec.section("contact"));
    }
    SortedMap<String, Input> inputs = new TreeMap<>();
    inputs.put(RawTable.INPUT, raw.asInput());
    for (int i = 0; i < models.size(); i++) {
      inputs.put(
          models.size() == 1 ? TrainedModelArtifact.INPUT : "models." + i, models.get(i).asInput());
    }
    return new Computation(spec.name(), origin(raw, models), PRODUCER, code, parameters, inputs);
  }

  /** Synthetic where the rows are, or those that a model was trained on. */
  private static Origin origin(RawTable raw, List<TrainedModelArtifact> models) {
    boolean synthetic =
        Stream.concat(Stream.of(raw), models.stream())
            .anyMatch(input -> input.origin() == Origin.SYNTHETIC);
    return synthetic ? Origin.SYNTHETIC : Origin.REAL;
  }

  /** The table whose rows were scored. */
  public Input raw() {
    return Objects.requireNonNull(
        artifact().manifest().inputs().get(RawTable.INPUT), RawTable.INPUT);
  }

  /** The one model that scored; empty for the mean of several. */
  public Optional<Input> model() {
    return Optional.ofNullable(artifact().manifest().inputs().get(TrainedModelArtifact.INPUT));
  }

  /** When the predictions were made. */
  public Instant made() {
    return files.store().completedAt(artifact()).orElse(Instant.EPOCH);
  }

  /** Reads the report of the predictions. */
  public PredictionReport report() {
    return PredictionReport.parse(files.read(PredictionReport.FILE), uri().toString());
  }
}
