package dev.propensity.tasks.evaluate;

import dev.propensity.artifacts.ModelMlflowRun;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.tracking.Run;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Shows an evaluation in the MLflow run of its model: metrics, report and plots. */
final class Announcement {
  /** The tag that says which evaluation the run shows. */
  private static final String TAG = "propensity.evaluation";

  private final Tracking tracking;
  private final ArtifactStore store;

  Announcement(Tracking tracking, ArtifactStore store) {
    this.tracking = tracking;
    this.store = store;
  }

  /** Logs the evaluation, unless the run shows it already. */
  void of(Artifact artifact, TrainedModelArtifact model) throws IOException {
    Run run = new ModelMlflowRun(tracking, model).findOrBegin();
    if (run.has(TAG, artifact.uri())) {
      return;
    }
    try (WorkFolder work = new WorkFolder()) {
      store.fetch(artifact, work.path());
      Path file = work.path().resolve(Evaluation.FILE);
      Evaluation evaluation =
          Evaluation.parse(
              Files.readAllBytes(file), artifact.uri().resolve(Evaluation.FILE).toString());
      run.metrics(metrics(evaluation));
      new PngPlots(evaluation).write(work.path());
      run.upload(work.path(), "evaluation");
      run.tags(
          Map.of(
              "propensity.verdict",
              evaluation.verdict().decision().name().toLowerCase(Locale.ROOT),
              TAG,
              artifact.uri().toString()));
    }
  }

  /** By their names in MLflow: {@code test_auc}, … */
  static SortedMap<String, Double> metrics(Evaluation evaluation) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    evaluation.candidate().scalars().forEach((name, value) -> metrics.put("test_" + name, value));
    if (evaluation.difference() != null) {
      metrics.put("test_auc_difference", evaluation.difference().value());
      metrics.put("test_auc_difference_low", evaluation.difference().low());
      metrics.put("test_auc_difference_high", evaluation.difference().high());
    }
    return metrics;
  }
}
