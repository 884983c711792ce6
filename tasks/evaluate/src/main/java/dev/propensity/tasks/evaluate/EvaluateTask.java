package dev.propensity.tasks.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.artifacts.Features;
import dev.propensity.artifacts.TestRows;
import dev.propensity.dataset.Column;
import dev.propensity.dataset.Column.Sensitive;
import dev.propensity.dataset.DatasetSpec;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.model.Model;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.model.evaluation.Evaluator;
import dev.propensity.model.evaluation.ScoredModel;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Input;
import dev.propensity.storage.S3Location;
import dev.propensity.task.ComputationTask;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.Task;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures a model on the test split, beside the champion, and says whether to release it. */
@Command(
    name = "evaluate",
    description = "Measures a model on the test split, beside the champion, and judges it.")
public final class EvaluateTask extends ComputationTask {
  private static final Logger LOG = LoggerFactory.getLogger(EvaluateTask.class);

  @Mixin private DatasetOption dataset;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "URI",
      description = "The model: what train wrote.")
  private String modelUri;

  @Option(
      names = "--features",
      required = true,
      paramLabel = "URI",
      description = "The features whose test rows are scored: what preprocess wrote.")
  private String featuresUri;

  @Option(
      names = "--champion",
      paramLabel = "URI",
      description =
          "The model to compare with, or 'none' (default: the champion of the release ledger).")
  private String championUri;

  private Inputs inputs;

  public static void main(String... arguments) {
    Task.main(new EvaluateTask(), arguments);
  }

  private Inputs inputs() {
    if (inputs == null) {
      inputs =
          Inputs.find(
              surroundings().store(),
              dataset.spec(),
              S3Location.parse(modelUri),
              S3Location.parse(featuresUri),
              Optional.ofNullable(championUri));
    }
    return inputs;
  }

  @Override
  protected Computation computation() {
    DatasetSpec spec = dataset.spec();
    SortedMap<String, JsonNode> parameters = new TreeMap<>();
    for (String section : List.of("title", "release", "offer")) {
      parameters.put(section, spec.section(section));
    }
    parameters.put("sensitive", CanonicalJson.mapper().valueToTree(sensitive(spec)));
    SortedMap<String, Input> read = new TreeMap<>();
    read.put("model", inputs().model().asInput());
    read.put("features", inputs().features().asInput());
    inputs().champion().ifPresent(champion -> read.put("champion", champion.asInput()));
    return new Computation(
        spec.name(), inputs().features().origin(), "evaluate", code(), parameters, read);
  }

  /** The ledger's own evaluation, where the model is the champion. */
  @Override
  protected Optional<Artifact> standing() {
    return inputs().standing();
  }

  @Override
  protected void compute(Path folder) throws IOException {
    Evaluation evaluation = evaluate();
    LOG.info(
        "AUC {} on {} test rows, verdict: {}",
        String.format(Locale.ROOT, "%.4f", evaluation.candidate().scalars().get("auc")),
        evaluation.rows(),
        evaluation.verdict().decision().name().toLowerCase(Locale.ROOT));
    evaluation.verdict().reasons().forEach(LOG::info);
    Files.write(folder.resolve(Evaluation.FILE), CanonicalJson.bytes(evaluation));
    DatasetSpec spec = dataset.spec();
    String name = inputs().features().name();
    ReportPage page = new ReportPage(name, spec.title(), spec.offer(), evaluation);
    Files.writeString(folder.resolve(ReportPage.FILE), page.html());
  }

  /** Shows the evaluation in the model's run, where MLflow is set. */
  @Override
  protected void announce(Artifact artifact) {
    try (Tracking tracking = Tracking.connect(surroundings()::get).orElse(null)) {
      if (tracking != null) {
        new Announcement(tracking, surroundings().store()).of(artifact, inputs().model());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Evaluation evaluate() throws IOException {
    DatasetSpec spec = dataset.spec();
    try (WorkFolder work = new WorkFolder()) {
      Features features = inputs().features();
      TestRows rows = features.testRows(work.path());
      Evaluator evaluator =
          new Evaluator(spec.release(), spec.offer(), rows.columns(sensitive(spec)));
      Model candidate = inputs().model().load();
      features.requireSplitOf(candidate.split(), inputs().model().uri());
      ScoredModel scored = rows.score(candidate);
      if (inputs().champion().isEmpty()) {
        return evaluator.alone(scored);
      }
      Model champion = inputs().champion().get().load();
      return features.split().equals(champion.split())
          ? evaluator.against(scored, rows.score(champion))
          : evaluator.besideOtherSplit(scored);
    }
  }

  private static List<String> sensitive(DatasetSpec spec) {
    return spec.columns().stream()
        .filter(column -> column.sensitive() != Sensitive.NO)
        .map(Column::name)
        .toList();
  }
}
