package dev.propensity.tasks.predict;

import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.model.prediction.PredictionReport;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Origin;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.ReleaseLedger;
import dev.propensity.tracking.Run;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The run of a prediction in MLflow: by which models, of how many rows, with which scores. */
final class Announcement {
  /** The tag by which the run of predictions is found. */
  private static final String PREDICTIONS = "propensity.predictions";

  /** The tag that says that all was logged: the digest of the predictions' manifest. */
  private static final String LOGGED = "propensity.predict";

  private final Tracking tracking;
  private final ArtifactStore store;

  Announcement(Tracking tracking, ArtifactStore store) {
    this.tracking = tracking;
    this.store = store;
  }

  /** Logs the prediction, unless that was done. */
  void of(Artifact predictions, List<TrainedModelArtifact> models) {
    String name = predictions.manifest().name();
    Run run =
        tracking.run(
            name + "-predictions",
            PREDICTIONS,
            predictions.uri(),
            predictions.titled("predict"),
            tags(predictions, models));
    if (run.has(LOGGED, predictions.digest())) {
      return;
    }
    PredictionReport report = report(predictions);
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("rows", (double) report.rows());
    metrics.put("predicted", (double) report.predicted());
    metrics.put("refused", (double) (report.rows() - report.predicted()));
    metrics.put("positive", (double) report.positive());
    metrics.put("mean_score", report.meanScore());
    run.metrics(metrics);
    List<Double> bins = Arrays.stream(report.scores()).asDoubleStream().boxed().toList();
    run.history(new TreeMap<>(Map.of("score_histogram", bins)));
    // The ledger is asked here, not where all was logged before: that answers at once.
    String versions = models.stream().map(this::version).collect(Collectors.joining(" "));
    run.tags(Map.of("propensity.version", versions));
    run.tags(Map.of(LOGGED, predictions.digest().hex()));
    run.finish();
  }

  private static Map<String, String> tags(Artifact predictions, List<TrainedModelArtifact> models) {
    SortedMap<String, String> tags = new TreeMap<>();
    boolean sample = predictions.manifest().origin() == Origin.SAMPLE;
    tags.put("propensity.origin", sample ? "sample" : "real");
    tags.put("propensity.raw", predictions.manifest().inputs().get("raw").uri().toString());
    tags.put(
        "propensity.predicted-by",
        models.stream().map(model -> model.uri().toString()).collect(Collectors.joining(" ")));
    return tags;
  }

  /** The model's version in its ledger, or "none". */
  private String version(TrainedModelArtifact model) {
    int version =
        new ReleaseLedger(store, model.name())
            .latest()
            .map((LedgerEntry state) -> state.versionOf(model.digest()))
            .orElse(0);
    return version == 0 ? "none" : String.valueOf(version);
  }

  private PredictionReport report(Artifact predictions) {
    try (InputStream in = store.open(predictions, PredictionReport.FILE)) {
      return PredictionReport.parse(in.readAllBytes(), predictions.uri().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
