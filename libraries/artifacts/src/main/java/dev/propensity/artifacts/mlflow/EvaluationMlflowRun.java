package dev.propensity.artifacts.mlflow;

import dev.propensity.artifacts.EvaluationArtifact;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.model.evaluation.WithoutCopies;
import dev.propensity.model.metric.Interval;
import dev.propensity.tracking.Run;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An evaluation in the MLflow run of its model: metrics, report and plots. */
public final class EvaluationMlflowRun {
  /** The tag with the evaluation that the run shows. */
  private static final String TAG = "propensity.evaluation";

  private static final String FOLDER = "evaluation";

  private final Tracking tracking;
  private final TrainedModelArtifact model;

  public EvaluationMlflowRun(Tracking tracking, TrainedModelArtifact model) {
    this.tracking = tracking;
    this.model = model;
  }

  /** Draws the plots of an evaluation. */
  public interface PlotWriter {
    /** Writes the plots' files into this folder. */
    void write(Evaluation evaluation, Path folder) throws IOException;
  }

  /**
   * Logs the evaluation, unless the run shows it already.
   *
   * @return the pages of the run and of the report
   */
  public Map<String, String> log(EvaluationArtifact artifact, PlotWriter plots) throws IOException {
    Run run = new ModelMlflowRun(tracking, model).findOrBegin();
    Map<String, String> links = RunLinks.withReport(run, FOLDER);
    if (run.has(TAG, artifact.uri())) {
      return links;
    }
    Evaluation evaluation = artifact.evaluation();
    run.metrics(metrics(evaluation));
    try (WorkFolder fetched = new WorkFolder();
        WorkFolder drawn = new WorkFolder()) {
      run.upload(artifact.files().folder(fetched.path()), FOLDER);
      plots.write(evaluation, drawn.path());
      run.upload(drawn.path(), FOLDER);
    }
    run.tags(
        Map.of(
            "propensity.verdict",
            evaluation.verdict().decision().name().toLowerCase(Locale.ROOT),
            TAG,
            artifact.uri().toString()));
    return links;
  }

  /** By their names in MLflow: {@code test_auc}, … */
  static SortedMap<String, Double> metrics(Evaluation evaluation) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    evaluation.candidate().scalars().forEach((name, value) -> metrics.put("test_" + name, value));
    put(metrics, "test_auc_difference", evaluation.difference());
    WithoutCopies others = evaluation.withoutCopies();
    if (others != null && others.candidate() != null) {
      others
          .candidate()
          .forEach((name, value) -> metrics.put("test_without_copies_" + name, value));
      put(metrics, "test_without_copies_auc_difference", others.difference());
      put(metrics, "test_without_copies_log_loss_difference", others.logLossDifference());
    }
    return metrics;
  }

  private static void put(Map<String, Double> metrics, String name, @Nullable Interval interval) {
    if (interval != null) {
      metrics.put(name, interval.value());
      metrics.put(name + "_low", interval.low());
      metrics.put(name + "_high", interval.high());
    }
  }
}
