package dev.propensity.artifacts.mlflow;

import dev.propensity.artifacts.ComparisonArtifact;
import dev.propensity.artifacts.FoldModels;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.Comparison.CandidateResult;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.report.HtmlPage;
import dev.propensity.tracking.Run;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The run of a comparison in MLflow, with the runs of the folds' models below it. */
public final class ComparisonMlflowRun {
  /** The tag that marks the run as fully logged: the digest of the comparison's manifest. */
  private static final String LOGGED = "propensity.compare";

  private static final String FOLDER = "comparison";

  private final Tracking tracking;
  private final FoldModels models;

  public ComparisonMlflowRun(Tracking tracking, FoldModels models) {
    this.tracking = tracking;
    this.models = models;
  }

  /** The report and plots of the run. */
  public interface Presentation {
    /** The report as HTML, with the training cost by candidate. */
    String report(Comparison comparison, OutOfFold scores, Map<String, TrainingCost> costs);

    /** Writes the plots' files into this folder. */
    void plots(Comparison comparison, OutOfFold scores, Path folder) throws IOException;
  }

  /**
   * Logs the comparison, unless it was logged before. Safe to repeat after an interruption.
   *
   * @param command the command that makes the winner's settings the dataset's defaults
   * @return the pages of the run and of the report
   */
  public Map<String, String> log(
      ComparisonArtifact artifact, Presentation presentation, String command) throws IOException {
    Run run =
        tracking.run(
            artifact.name(),
            artifact.uri(),
            artifact.artifact().titled("comparison"),
            MlflowTags.of(artifact));
    Map<String, String> links = RunLinks.withReport(run, FOLDER);
    if (run.has(LOGGED, artifact.artifact().digest())) {
      return links;
    }
    Comparison comparison = artifact.comparison();
    OutOfFold scores = artifact.outOfFold();
    SortedMap<String, TrainingCost> costs = nest(run, artifact.name());
    run.parameters(
        Map.of(
            "folds",
            String.valueOf(comparison.folds()),
            "rank",
            comparison.rank().word(),
            "winner",
            comparison.winner()));
    run.metrics(metrics(comparison, costs));
    try (WorkFolder work = new WorkFolder()) {
      HtmlPage.write(work.path(), presentation.report(comparison, scores, costs));
      presentation.plots(comparison, scores, work.path());
      run.upload(work.path(), FOLDER);
    }
    run.tags(
        Map.of(
            MlflowTags.NOTE,
            new ComparisonNote(comparison, command).markdown(),
            "propensity.winner",
            comparison.winner(),
            LOGGED,
            artifact.artifact().digest().hex()));
    run.finish();
    return links;
  }

  /** Makes the models' runs children of this one; returns their training cost by candidate. */
  private SortedMap<String, TrainingCost> nest(Run parent, String experiment) {
    SortedMap<String, TrainingCost> costs = new TreeMap<>();
    for (FoldModels.CandidateModels candidate : models.candidates()) {
      TrainingCost cost = TrainingCost.NONE;
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
          cost = cost.and(run.get());
        }
      }
      costs.put(candidate.name(), cost);
    }
    return costs;
  }

  private static SortedMap<String, Double> metrics(
      Comparison comparison, SortedMap<String, TrainingCost> costs) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    for (CandidateResult result : comparison.candidates()) {
      metrics.put("auc_mean/" + result.name(), result.auc().mean());
      metrics.put("auc_deviation/" + result.name(), result.auc().deviation());
      metrics.put("auc_pooled/" + result.name(), result.pooledAuc().value());
      metrics.put("log_loss/" + result.name(), result.logLoss());
      metrics.put("profit/" + result.name(), result.profit());
      metrics.put("rounds/" + result.name(), (double) result.rounds());
      metrics.putAll(
          Objects.requireNonNull(costs.get(result.name()), result.name()).metrics(result.name()));
    }
    return metrics;
  }
}
