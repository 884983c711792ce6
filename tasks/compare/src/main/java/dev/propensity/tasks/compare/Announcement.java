package dev.propensity.tasks.compare;

import dev.propensity.artifacts.FoldModels;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.Comparison.Result;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Origin;
import dev.propensity.tracking.Run;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Shows a comparison in MLflow: a run with the runs of the folds' models below it. */
final class Announcement {
  /** The tag that says that all was logged: the digest of the comparison's manifest. */
  private static final String LOGGED = "propensity.compare";

  private final Tracking tracking;
  private final FoldModels models;

  Announcement(Tracking tracking, FoldModels models) {
    this.tracking = tracking;
    this.models = models;
  }

  /** Logs the comparison, unless that was done. Safe to repeat after a try that was killed. */
  void of(Artifact artifact, Comparison comparison, OutOfFold scores, ReportPage page, String how)
      throws IOException {
    String title = artifact.titled("comparison");
    Run run = tracking.run(artifact.manifest().name(), artifact.uri(), title, tags(artifact));
    if (run.has(LOGGED, artifact.digest())) {
      return;
    }
    SortedMap<String, Effort> efforts = nest(run, artifact.manifest().name());
    run.parameters(
        Map.of("folds", String.valueOf(comparison.folds()), "winner", comparison.winner()));
    run.metrics(metrics(comparison, efforts));
    try (WorkFolder work = new WorkFolder()) {
      Files.writeString(work.path().resolve(ReportPage.FILE), page.with(efforts).html());
      new PngPlots(comparison, scores).write(work.path());
      run.upload(work.path(), "comparison");
    }
    run.tags(
        Map.of(
            "mlflow.note.content",
            new Note(comparison, how).markdown(),
            "propensity.winner",
            comparison.winner(),
            LOGGED,
            artifact.digest().hex()));
    run.finish();
  }

  /** Puts the models' runs below this one; what their learning took, by candidate. */
  private SortedMap<String, Effort> nest(Run parent, String experiment) {
    SortedMap<String, Effort> efforts = new TreeMap<>();
    for (FoldModels.Fitted candidate : models.candidates()) {
      Effort effort = Effort.NONE;
      for (int fold = 1; fold <= candidate.models().size(); fold++) {
        Optional<Run> run = tracking.find(experiment, candidate.models().get(fold - 1).uri());
        if (run.isPresent()) {
          run.get().nestUnder(parent);
          run.get()
              .tags(
                  Map.of(
                      "propensity.candidate",
                      candidate.name(),
                      "propensity.fold",
                      String.valueOf(fold)));
          effort = effort.and(run.get());
        }
      }
      efforts.put(candidate.name(), effort);
    }
    return efforts;
  }

  private static Map<String, String> tags(Artifact artifact) {
    boolean sample = artifact.manifest().origin() == Origin.SAMPLE;
    return Map.of("propensity.origin", sample ? "sample" : "real");
  }

  private static SortedMap<String, Double> metrics(
      Comparison comparison, SortedMap<String, Effort> efforts) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    for (Result result : comparison.candidates()) {
      metrics.put("auc_mean/" + result.name(), result.auc().mean());
      metrics.put("auc_deviation/" + result.name(), result.auc().deviation());
      metrics.put("auc_pooled/" + result.name(), result.pooledAuc().value());
      metrics.put("log_loss/" + result.name(), result.logLoss());
      metrics.put("rounds/" + result.name(), (double) result.rounds());
      metrics.putAll(efforts.get(result.name()).metrics(result.name()));
    }
    return metrics;
  }
}
