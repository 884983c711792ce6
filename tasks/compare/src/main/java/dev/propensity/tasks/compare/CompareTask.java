package dev.propensity.tasks.compare;

import dev.propensity.artifacts.ComparisonArtifact;
import dev.propensity.artifacts.ComparisonMlflowRun;
import dev.propensity.artifacts.FoldFeatures;
import dev.propensity.artifacts.FoldModels;
import dev.propensity.artifacts.TrainingCost;
import dev.propensity.dataset.DatasetSpec;
import dev.propensity.model.comparison.Comparer;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.task.ComputationTask;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.Task;
import dev.propensity.task.UriList;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares learners and parameters on the folds that their models did not learn from. */
@Command(
    name = ComparisonArtifact.PRODUCER,
    description =
        "Scores each fold with the models that learned from the others, and compares learners and"
            + " parameters by it.")
public final class CompareTask extends ComputationTask {
  private static final Logger LOG = LoggerFactory.getLogger(CompareTask.class);

  @Mixin private DatasetOption dataset;

  @Option(
      names = "--models",
      required = true,
      paramLabel = "JSON",
      description =
          "The models, a JSON list of URIs: what train wrote of every fold, for each learner and"
              + " parameters.")
  private String models;

  @Option(
      names = "--features",
      required = true,
      paramLabel = "JSON",
      description = "The folds, a JSON list of URIs: what preprocess wrote with --folds.")
  private String features;

  private FoldFeatures foldFeatures;
  private FoldModels foldModels;

  public static void main(String... arguments) {
    Task.main(new CompareTask(), arguments);
  }

  @Override
  protected Computation computation() {
    DatasetSpec spec = dataset.spec();
    ArtifactStore store = surroundings().store();
    foldFeatures = FoldFeatures.require(store, spec, UriList.parse("--features", features));
    foldModels = FoldModels.require(store, foldFeatures, UriList.parse("--models", models));
    return ComparisonArtifact.computation(spec, foldFeatures, foldModels, code());
  }

  @Override
  protected void compute(Path folder) throws IOException {
    DatasetSpec spec = dataset.spec();
    Scoring scoring = new Scoring(foldFeatures, foldModels);
    OutOfFold scores = scoring.scores();
    Comparison comparison = new Comparer(scores).compare(scoring.candidates());
    for (Comparison.Result result : comparison.candidates()) {
      LOG.info(
          "{}: AUC {} ± {} over {} folds",
          result.name(),
          String.format(Locale.ROOT, "%.4f", result.auc().mean()),
          String.format(Locale.ROOT, "%.4f", result.auc().deviation()),
          comparison.folds());
    }
    String report = page(comparison, scores).html();
    ComparisonArtifact.write(folder, spec, comparison, scores, report);
  }

  private ReportPage page(Comparison comparison, OutOfFold scores) {
    return new ReportPage(foldFeatures.name(), dataset.spec().title(), comparison, scores);
  }

  /** Logs the command that makes the winner's settings the dataset's own, and to MLflow. */
  @Override
  protected void announce(Artifact artifact) {
    ComparisonArtifact comparison =
        new ComparisonArtifact(ArtifactFiles.stored(surroundings().store(), artifact));
    String command = command(comparison.comparison().best());
    LOG.info("the winner's settings become the data set's own by: {}", command);
    try (Tracking tracking = Tracking.connect(surroundings()::get).orElse(null)) {
      if (tracking != null) {
        new ComparisonMlflowRun(tracking, foldModels).log(comparison, new Presentation(), command);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Presentation implements ComparisonMlflowRun.Presentation {
    @Override
    public String report(Comparison comparison, OutOfFold scores, Map<String, TrainingCost> costs) {
      return page(comparison, scores).with(costs).html();
    }

    @Override
    public void plots(Comparison comparison, OutOfFold scores, Path folder) throws IOException {
      new PngPlots(comparison, scores).write(folder);
    }
  }

  private String command(Comparison.Result winner) {
    return "make defaults DATASET=%s LEARNER=%s PARAMETERS='%s'"
        .formatted(dataset.spec().name(), winner.learner(), winner.changed());
  }
}
