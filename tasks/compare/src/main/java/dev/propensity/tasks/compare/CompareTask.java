package dev.propensity.tasks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.artifacts.FoldFeatures;
import dev.propensity.artifacts.FoldModels;
import dev.propensity.dataset.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.model.comparison.Comparer;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Input;
import dev.propensity.task.ComputationTask;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.Task;
import dev.propensity.task.UriList;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares learners and parameters on the folds that their models did not learn from. */
@Command(
    name = "compare",
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
    SortedMap<String, JsonNode> parameters = new TreeMap<>();
    for (String section : List.of("title", "identifier", "label")) {
      parameters.put(section, spec.section(section));
    }
    SortedMap<String, Input> inputs = foldModels.inputs();
    inputs.putAll(foldFeatures.inputs());
    return new Computation(
        spec.name(), foldFeatures.origin(), "compare", code(), parameters, inputs);
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
    scores.write(folder.resolve(OutOfFold.FILE), spec.identifier(), spec.label().column());
    Files.write(folder.resolve(Comparison.FILE), CanonicalJson.bytes(comparison));
    Files.writeString(folder.resolve(ReportPage.FILE), page(comparison, scores).html());
  }

  private ReportPage page(Comparison comparison, OutOfFold scores) {
    String name = foldFeatures.name();
    return new ReportPage(name, dataset.spec().title(), comparison, scores);
  }

  /** Says how the winner becomes the data set's own, and shows the comparison in MLflow. */
  @Override
  protected void announce(Artifact artifact) {
    try (WorkFolder work = new WorkFolder();
        Tracking tracking = Tracking.connect(surroundings()::get).orElse(null)) {
      Path folder = surroundings().store().fetch(artifact, work.path());
      String where = artifact.uri().resolve(Comparison.FILE).toString();
      Comparison comparison =
          Comparison.parse(Files.readAllBytes(folder.resolve(Comparison.FILE)), where);
      String command = command(comparison.best());
      LOG.info("the winner's settings become the data set's own by: {}", command);
      if (tracking != null) {
        OutOfFold scores = OutOfFold.read(folder.resolve(OutOfFold.FILE));
        new Announcement(tracking, foldModels)
            .of(artifact, comparison, scores, page(comparison, scores), command);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String command(Comparison.Result winner) {
    return "make defaults DATASET=%s LEARNER=%s PARAMETERS='%s'"
        .formatted(dataset.spec().name(), winner.learner(), winner.changed());
  }
}
