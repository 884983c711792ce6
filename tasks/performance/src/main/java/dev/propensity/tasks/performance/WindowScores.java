package dev.propensity.tasks.performance;

import dev.propensity.artifacts.Captures;
import dev.propensity.artifacts.FetchedFile;
import dev.propensity.artifacts.PredictionsArtifact;
import dev.propensity.artifacts.RequestCaptures.RequestFile;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.dataset.specification.CaptureRule.CapturedIdentifier;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.model.prediction.PredictionsReader;
import dev.propensity.monitoring.capture.SegmentBatch;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.monitoring.capture.SegmentReader;
import dev.propensity.monitoring.performance.JoinedIdentifiers;
import dev.propensity.monitoring.performance.ScoredWindow;
import dev.propensity.monitoring.sagemaker.EventSegments;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Input;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the scores of a window: captured rows, requests that SageMaker stored, and predictions. */
final class WindowScores {
  private static final Logger LOG = LoggerFactory.getLogger(WindowScores.class);

  private final ArtifactStore store;
  private final String name;
  private final TrainedModelArtifact model;
  private final ScoredWindow scored;
  private final JoinedIdentifiers identifiers;
  private final SortedMap<String, Digest> segments = new TreeMap<>();
  private final SortedMap<String, String> predictions = new TreeMap<>();
  private int damaged;

  /**
   * @param name the dataset's name with its origin
   * @param model whose scores count
   * @param scored gets them
   */
  WindowScores(
      ArtifactStore store,
      String name,
      TrainedModelArtifact model,
      ScoredWindow scored,
      JoinedIdentifiers identifiers) {
    this.store = store;
    this.name = name;
    this.model = model;
    this.scored = scored;
    this.identifiers = identifiers;
  }

  /** The segments that were read, the digest of each by its key. */
  SortedMap<String, Digest> segments() {
    return segments;
  }

  /** The predictions that were read, the time of each by its key. */
  SortedMap<String, String> predictions() {
    return predictions;
  }

  /** How many segments could not be read. */
  int damaged() {
    return damaged;
  }

  /** Reads all captured rows. */
  void readSegments(Path scratch) throws IOException {
    Captures captures = new Captures(store, name);
    FetchedFile file = new FetchedFile(store.objects(), scratch.resolve("segment.arrow"));
    for (Captures.Segment segment : captures.around(scored.window())) {
      S3Location location = captures.location(segment);
      Digest digest = file.fetch(location);
      if (digest != null) {
        add(file.path(), location.toString());
        segments.put(segment.key(), digest);
      }
    }
  }

  /**
   * Reads the requests that endpoints on SageMaker stored.
   *
   * @param events makes segments of them
   */
  void readRequests(List<RequestFile> files, EventSegments events, Path scratch)
      throws IOException {
    FetchedFile file = new FetchedFile(store.objects(), scratch.resolve("requests.jsonl"));
    for (RequestFile one : files) {
      String id = one.location().toString();
      Digest digest = file.fetch(one.location());
      if (digest != null) {
        for (EventSegments.EventSegment segment :
            events.convert(file.path(), id, one.hour(), one.endpoint(), scratch)) {
          add(segment.path(), segment.id());
        }
        segments.put(id, digest);
      }
    }
  }

  private void add(Path segment, String where) {
    try (SegmentReader reader = new SegmentReader(segment, where)) {
      boolean isOfModel = reader.header().model().equals(model.digest());
      for (SegmentBatch batch = reader.next(); batch != null; batch = reader.next()) {
        add(reader.header(), batch, isOfModel);
      }
    } catch (UserException e) {
      LOG.warn("{}: the rest of its rows is left out", e.getMessage());
      damaged++;
    }
  }

  private void add(SegmentHeader header, SegmentBatch batch, boolean isOfModel) {
    for (int row = 0; row < batch.rows(); row++) {
      String stored = batch.identifier(row);
      boolean counts = isOfModel && scored.window().contains(Instant.ofEpochMilli(batch.time(row)));
      String identifier =
          stored == null || !counts
              ? null
              : identifiers.ofScore(header.identifier(), header.key(), stored);
      scored.addCaptured(identifier, batch.time(row), batch.score(row), isOfModel);
    }
  }

  /** Reads all predictions of the model. */
  void readPredictions(Path scratch) throws IOException {
    for (PredictionsArtifact artifact : PredictionsArtifact.made(store, name, scored.window())) {
      if (!isOfModel(artifact.model().orElse(null))) {
        continue;
      }
      Instant made = artifact.made();
      Path folder = Files.createTempDirectory(scratch, "predictions");
      Path file = artifact.files().folder(folder, PredictionsReader.FILE);
      try (PredictionsReader reader =
          new PredictionsReader(file.resolve(PredictionsReader.FILE), artifact.uri().toString())) {
        reader.forEach(
            row ->
                scored.addPredicted(
                    identifiers.ofScore(CapturedIdentifier.PLAIN, null, row.identifier()),
                    made,
                    row.score(),
                    row.isSelected(),
                    row.reason()));
      }
      predictions.put(store.relative(artifact.uri()), made.toString());
    }
  }

  private boolean isOfModel(@Nullable Input input) {
    return input != null
        && store
            .find(input.uri())
            .filter(found -> Release.digestOf(found).equals(model.digest()))
            .isPresent();
  }
}
