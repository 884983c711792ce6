package dev.propensity.tasks.evaluate;

import dev.propensity.artifacts.EvaluationArtifact;
import dev.propensity.artifacts.EvaluationInputs;
import dev.propensity.artifacts.Features;
import dev.propensity.artifacts.TestRows;
import dev.propensity.artifacts.mlflow.EvaluationMlflowRun;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.Column.Sensitive;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.model.Model;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.model.evaluation.Evaluator;
import dev.propensity.model.evaluation.ScoredModel;
import dev.propensity.model.evaluation.WithoutCopies;
import dev.propensity.storage.S3Location;
import dev.propensity.task.ComputationStep;
import dev.propensity.task.ComputationTask;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.Task;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Evaluates a model and the champion on the test split, and decides whether to release the model.
 */
@Command(
    name = EvaluationArtifact.PRODUCER,
    description =
        "Evaluates a model on the test split, compares it with the champion, and"
            + " decides whether to release it.")
public final class EvaluateTask extends ComputationTask {
  private static final Logger LOG = LoggerFactory.getLogger(EvaluateTask.class);

  @Mixin private DatasetOption dataset;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "URI",
      description = "The model: the output of train.")
  private String modelUri;

  @Option(
      names = "--features",
      required = true,
      paramLabel = "URI",
      description = "The features whose test rows are scored: the output of preprocess.")
  private String featuresUri;

  @Option(
      names = "--champion",
      paramLabel = "URI",
      description =
          "The model to compare with, or 'none' (default: the champion of the release ledger).")
  private String championUri;

  public static void main(String... arguments) {
    Task.main(new EvaluateTask(), arguments);
  }

  @Override
  protected ComputationStep<Evaluation> prepare() {
    DatasetSpec spec = dataset.spec();
    EvaluationInputs inputs =
        EvaluationInputs.require(
            environment().store(),
            spec,
            S3Location.parse(modelUri),
            S3Location.parse(featuresUri),
            Optional.ofNullable(championUri));
    return ComputationStep.of(
            EvaluationArtifact.computation(spec, inputs, names(sensitive(spec)), code()),
            folder -> compute(inputs, folder),
            (files, evaluation) -> publish(inputs, new EvaluationArtifact(files)))
        .reusing(inputs.ledgerEvaluation())
        .warning(files -> decision(new EvaluationArtifact(files).evaluation().verdict()))
        .details(files -> Map.of("metrics", new EvaluationArtifact(files).summary()));
  }

  /** The verdict and its reasons, on one line. */
  private static String decision(Evaluation.Verdict verdict) {
    return verdict.decision().name().toLowerCase(Locale.ROOT)
        + ": "
        + String.join("; ", verdict.reasons());
  }

  private Evaluation compute(EvaluationInputs inputs, Path folder) throws IOException {
    Evaluation evaluation = evaluate(inputs);
    LOG.info("AUC {} on {} test rows", auc(evaluation.candidate().scalars()), evaluation.rows());
    WithoutCopies others = evaluation.withoutCopies();
    if (others != null) {
      LOG.atLevel(others.coincidence() ? Level.INFO : Level.WARN)
          .log(
              "{} test rows are copies of rows outside the test split{}; AUC {} on the other {}",
              others.copies(),
              others.coincidence() ? " by coincidence" : "",
              others.candidate() == null ? "unknown" : auc(others.candidate()),
              others.rows());
    }
    DatasetSpec spec = dataset.spec();
    String name = inputs.features().name();
    EvaluationPage page = new EvaluationPage(name, spec.title(), spec.offer(), evaluation);
    EvaluationArtifact.write(folder, evaluation, page.html());
    return evaluation;
  }

  private static String auc(Map<String, Double> metrics) {
    return String.format(Locale.ROOT, "%.4f", metrics.get("auc"));
  }

  private Map<String, String> publish(EvaluationInputs inputs, EvaluationArtifact artifact)
      throws IOException {
    try (Tracking tracking = Tracking.connect(environment()::get).orElse(null)) {
      return tracking == null
          ? Map.of()
          : new EvaluationMlflowRun(tracking, inputs.model())
              .log(
                  artifact,
                  (evaluation, folder) -> new EvaluationPlots(evaluation).figures().write(folder));
    }
  }

  private Evaluation evaluate(EvaluationInputs inputs) throws IOException {
    DatasetSpec spec = dataset.spec();
    try (WorkFolder work = new WorkFolder()) {
      Features features = inputs.features();
      TestRows rows = features.testRows(work.path());
      Model candidate = inputs.model().load();
      features.requireSplitOf(candidate.split(), inputs.model().uri());
      Evaluator evaluator =
          new Evaluator(
              spec.release(),
              spec.offer(),
              rows.groups(sensitive(spec), candidate.encoder()),
              features.warnings().leaks(),
              features.testCopies());
      ScoredModel scored = rows.score(candidate);
      if (inputs.champion().isEmpty()) {
        return evaluator.alone(scored);
      }
      Model champion = inputs.champion().get().load();
      return champion.split().trainsOutsideTestOf(features.split())
          ? evaluator.against(scored, rows.score(champion))
          : evaluator.besideOtherSplit(scored);
    }
  }

  private static List<Column> sensitive(DatasetSpec spec) {
    return spec.columns().stream().filter(column -> column.sensitive() != Sensitive.NO).toList();
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }
}
