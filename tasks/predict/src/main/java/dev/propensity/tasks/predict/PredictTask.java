package dev.propensity.tasks.predict;

import dev.propensity.artifacts.PredictionsArtifact;
import dev.propensity.artifacts.RawTable;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.artifacts.mlflow.PredictionsMlflowRun;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.endpoint.Endpoint;
import dev.propensity.endpoint.option.Endpoints;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Model;
import dev.propensity.model.prediction.BatchPrediction;
import dev.propensity.model.prediction.BatchScoring;
import dev.propensity.model.prediction.PredictionReport;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.task.ComputationStep;
import dev.propensity.task.ComputationTask;
import dev.propensity.task.DatasetOption;
import dev.propensity.task.Task;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores every row of a table with a model, or with the mean of several. */
@Command(
    name = PredictionsArtifact.PRODUCER,
    description = "Scores every row of a table with the champion or with other models.")
public final class PredictTask extends ComputationTask {
  private static final Logger LOG = LoggerFactory.getLogger(PredictTask.class);

  @Mixin private DatasetOption dataset;

  @Option(
      names = "--raw",
      required = true,
      paramLabel = "URI",
      description = "The table, with or without labels: the output of download.")
  private String rawUri;

  @Mixin private ModelOption model;

  @Option(
      names = "--endpoint",
      paramLabel = "ENDPOINT",
      description = {
        "Score with an endpoint that serves the model: http://host:port, sagemaker:name, or one"
            + " per dataset as JSON. The output is the same, byte for byte."
      })
  private String endpoint;

  @Option(
      names = "--threads",
      paramLabel = "NUMBER",
      description = "Number of threads (default: one per core). The output does not depend on it.")
  private Integer threads;

  public static void main(String... arguments) {
    Task.main(new PredictTask(), arguments);
  }

  @Override
  protected ComputationStep<PredictionReport> prepare() {
    DatasetSpec spec = dataset.spec();
    ArtifactStore store = environment().store();
    RawTable raw = RawTable.require(store, S3Location.parse(rawUri));
    raw.requireOf(spec);
    List<TrainedModelArtifact> models = model.find(store, raw.origin().nameOf(spec.name()));
    models.forEach(one -> one.requireOf(spec));
    return ComputationStep.of(
            PredictionsArtifact.computation(spec, raw, models, code()),
            folder -> compute(raw, models, folder),
            (files, report) -> publish(models, new PredictionsArtifact(files)))
        .warning(files -> summary(new PredictionsArtifact(files).report()))
        .details(files -> new PredictionDetails(models, new PredictionsArtifact(files)).map());
  }

  private static String summary(PredictionReport report) {
    String counts =
        String.format(
            Locale.ROOT,
            "%,d of %,d rows predicted, %,d of them positive",
            report.predicted(),
            report.rows(),
            report.positive());
    List<String> warnings = report.warnings();
    return warnings.isEmpty() ? counts : counts + "; WARNING: " + String.join("; ", warnings);
  }

  private PredictionReport compute(RawTable raw, List<TrainedModelArtifact> models, Path folder)
      throws IOException {
    List<Model> loaded = new ArrayList<>();
    for (TrainedModelArtifact one : models) {
      loaded.add(one.load());
    }
    TrainedModelArtifact first = models.get(0);
    BatchPrediction.Predicted predicted = raw.read(csv -> predict(csv, first, loaded, folder));
    PredictionReport report = predicted.report();
    if (report.forecast() != null) {
      LOG.info("{}", report.forecast().text());
    }
    if (!report.rejected().isEmpty()) {
      LOG.warn("rejected rows are in {}", BatchPrediction.REJECTED);
    }
    LOG.info("CSV: {}", report.csv());
    if (report.numbered()) {
      LOG.warn("the table has no identifier column: rows are identified by their number, from 1");
    }
    if (report.duplicates() > 0) {
      LOG.warn(
          "rows with a duplicate identifier: {} ({})",
          report.duplicates(),
          String.join(", ", predicted.duplicates()));
    }
    predicted.unseen().lines().forEach(LOG::warn);
    return report;
  }

  private BatchPrediction.Predicted predict(
      InputStream csv, TrainedModelArtifact first, List<Model> loaded, Path folder)
      throws IOException {
    DatasetSpec spec = dataset.spec();
    String where = RawTable.nameOf(spec);
    if (endpoint == null) {
      return BatchPrediction.run(csv, where, loaded, spec, threads(), folder);
    }
    if (loaded.size() > 1) {
      throw new UserException("--endpoint serves one model, but --models lists several");
    }
    Model one = loaded.get(0);
    Endpoints endpoints = new Endpoints(environment()::get, environment()::store);
    try (Endpoint scorer = endpoints.of(endpoint, one.name())) {
      BatchScoring scoring = new EndpointScoring(scorer, one, first);
      return BatchPrediction.run(csv, where, one, scoring, spec, threads(), folder);
    }
  }

  private Map<String, String> publish(
      List<TrainedModelArtifact> models, PredictionsArtifact predictions) {
    try (Tracking tracking = Tracking.connect(environment()::get).orElse(null)) {
      return tracking == null
          ? Map.of()
          : new PredictionsMlflowRun(tracking, models).log(predictions);
    }
  }

  private int threads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
