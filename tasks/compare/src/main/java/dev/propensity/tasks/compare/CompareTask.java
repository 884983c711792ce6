package dev.propensity.tasks.compare;

import dev.propensity.artifacts.ComparisonArtifact;
import dev.propensity.artifacts.FoldFeatures;
import dev.propensity.artifacts.FoldModels;
import dev.propensity.artifacts.mlflow.ComparisonMlflowRun;
import dev.propensity.artifacts.mlflow.TrainingCost;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.model.comparison.Comparer;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.model.comparison.RankingMetric;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.task.ComputationStep;
import dev.propensity.task.ComputationTask;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.Task;
import dev.propensity.task.UriList;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares learners and parameters on the folds that their models were not trained on. */
@Command(
    name = ComparisonArtifact.PRODUCER,
    description =
        "Scores each fold with the models trained on the other folds, and compares learners and"
            + " parameters.")
public final class CompareTask extends ComputationTask {
  private static final Logger LOG = LoggerFactory.getLogger(CompareTask.class);

  @Mixin private DatasetOption dataset;

  @Option(
      names = "--models",
      required = true,
      paramLabel = "JSON",
      description =
          "The models as a JSON list of URIs: the output of train for each fold, learner and set"
              + " of parameters.")
  private String models;

  @Option(
      names = "--features",
      required = true,
      paramLabel = "JSON",
      description = "The folds as a JSON list of URIs: the output of preprocess with --folds.")
  private String features;

  @Option(
      names = "--rank",
      defaultValue = "auc",
      paramLabel = "METRIC",
      description =
          "Metric that decides which candidate is the best: auc, log_loss, profit; auc is the mean"
              + " over the folds, profit that of the dataset's offer. Default: auc.")
  private String rank;

  public static void main(String... arguments) {
    Task.main(new CompareTask(), arguments);
  }

  @Override
  protected ComputationStep<Comparison> prepare() {
    DatasetSpec spec = dataset.spec();
    ArtifactStore store = environment().store();
    FoldFeatures folds = FoldFeatures.require(store, spec, UriList.parse("--features", features));
    FoldModels fitted = FoldModels.require(store, folds, UriList.parse("--models", models));
    return ComputationStep.of(
            ComparisonArtifact.computation(spec, folds, fitted, rank(), code()),
            folder -> compute(folds, fitted, folder),
            (files, comparison) -> publish(fitted, new ComparisonArtifact(files)))
        .warning(files -> winner(new ComparisonArtifact(files).comparison().best()));
  }

  private static String winner(Comparison.CandidateResult best) {
    return String.format(
        Locale.ROOT,
        "best: %s, AUC %.4f ± %.4f",
        best.name(),
        best.auc().mean(),
        best.auc().deviation());
  }

  private Comparison compute(FoldFeatures folds, FoldModels fitted, Path folder)
      throws IOException {
    FoldScoring scoring = new FoldScoring(folds, fitted);
    OutOfFold scores = scoring.scores();
    Comparison comparison =
        new Comparer(scores, rank(), dataset.spec().offer()).compare(scoring.candidates());
    for (Comparison.CandidateResult result : comparison.candidates()) {
      LOG.info(
          "{}: AUC {} ± {} over {} folds, log loss {}, profit {}",
          result.name(),
          String.format(Locale.ROOT, "%.4f", result.auc().mean()),
          String.format(Locale.ROOT, "%.4f", result.auc().deviation()),
          comparison.folds(),
          String.format(Locale.ROOT, "%.4f", result.logLoss()),
          String.format(Locale.ROOT, "%,.0f %s", result.profit(), comparison.currency()).strip());
    }
    String report = page(folds.name(), comparison, scores).html();
    ComparisonArtifact.write(folder, dataset.spec(), comparison, scores, report);
    return comparison;
  }

  private RankingMetric rank() {
    return RankingMetric.of("--rank", rank);
  }

  private ComparisonPage page(String name, Comparison comparison, OutOfFold scores) {
    return new ComparisonPage(name, dataset.spec().title(), comparison, scores);
  }

  /**
   * Logs the command that makes the winner's settings the dataset's defaults; the rest to MLflow.
   */
  private Map<String, String> publish(FoldModels fitted, ComparisonArtifact artifact)
      throws IOException {
    String command = command(artifact.comparison().best());
    LOG.info("to make the winner's settings the dataset's defaults, run: {}", command);
    try (Tracking tracking = Tracking.connect(environment()::get).orElse(null)) {
      return tracking == null
          ? Map.of()
          : new ComparisonMlflowRun(tracking, fitted)
              .log(artifact, new ReportPresentation(artifact.name()), command);
    }
  }

  private final class ReportPresentation implements ComparisonMlflowRun.Presentation {
    private final String name;

    ReportPresentation(String name) {
      this.name = name;
    }

    @Override
    public String report(Comparison comparison, OutOfFold scores, Map<String, TrainingCost> costs) {
      return page(name, comparison, scores).with(costs).html();
    }

    @Override
    public void plots(Comparison comparison, OutOfFold scores, Path folder) throws IOException {
      new ComparisonPlots(comparison, scores).figures().write(folder);
    }
  }

  private String command(Comparison.CandidateResult winner) {
    return "make defaults DATASET=%s LEARNER=%s PARAMETERS='%s'"
        .formatted(dataset.spec().name(), winner.learner(), winner.changed());
  }
}
