package dev.propensity.artifacts.mlflow;

import dev.propensity.artifacts.PredictionsArtifact;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.model.prediction.PredictionReport;
import dev.propensity.tracking.Run;
import dev.propensity.tracking.Tracking;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The run of a prediction in MLflow: models, number of rows, and scores. */
public final class PredictionsMlflowRun {
  /** The tag by which the run of predictions is found. */
  private static final String PREDICTIONS = "propensity.predictions";

  /** The tag that marks the run as fully logged: the digest of the predictions' manifest. */
  private static final String LOGGED = "propensity.predict";

  private final Tracking tracking;
  private final List<TrainedModelArtifact> models;

  /**
   * @param models that scored
   */
  public PredictionsMlflowRun(Tracking tracking, List<TrainedModelArtifact> models) {
    this.tracking = tracking;
    this.models = models;
  }

  /**
   * Logs the prediction, unless it was logged before.
   *
   * @return the page of the run
   */
  public Map<String, String> log(PredictionsArtifact predictions) {
    Run run =
        tracking.run(
            predictions.name() + "-predictions",
            PREDICTIONS,
            predictions.uri(),
            predictions.artifact().titled(PredictionsArtifact.PRODUCER),
            tags(predictions));
    if (run.has(LOGGED, predictions.artifact().digest())) {
      return RunLinks.of(run);
    }
    PredictionReport report = predictions.report();
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("rows", (double) report.rows());
    metrics.put("predicted", (double) report.predicted());
    metrics.put("rejected", (double) (report.rows() - report.predicted()));
    metrics.put("positive", (double) report.positive());
    metrics.put("mean_score", report.meanScore());
    PredictionReport.Forecast forecast = report.forecast();
    if (forecast != null) {
      forecast.positives().putInto(metrics, "forecast_positives");
      forecast.profit().putInto(metrics, "forecast_profit");
    }
    run.metrics(metrics);
    List<Double> bins = Arrays.stream(report.scores()).asDoubleStream().boxed().toList();
    run.history(new TreeMap<>(Map.of("score_histogram", bins)));
    // The ledger is read only here, since a prediction that was logged before returns early.
    String versions =
        models.stream()
            .map(model -> model.version().map(String::valueOf).orElse("none"))
            .collect(Collectors.joining(" "));
    run.tags(Map.of("propensity.version", versions));
    run.tags(Map.of(LOGGED, predictions.artifact().digest().hex()));
    run.finish();
    return RunLinks.of(run);
  }

  private Map<String, String> tags(PredictionsArtifact predictions) {
    SortedMap<String, String> tags = MlflowTags.of(predictions);
    tags.put("propensity.raw", predictions.raw().uri().toString());
    tags.put(
        "propensity.predicted-by",
        models.stream().map(model -> model.uri().toString()).collect(Collectors.joining(" ")));
    return tags;
  }
}
