package dev.propensity.artifacts.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.artifacts.Features;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.dataset.profile.DataWarnings;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.model.ModelDirectory;
import dev.propensity.model.TrainingHistory;
import dev.propensity.storage.Input;
import dev.propensity.storage.Manifest;
import dev.propensity.tracking.Run;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The run of a trained model in MLflow. */
public final class ModelMlflowRun {
  private static final Logger LOG = LoggerFactory.getLogger(ModelMlflowRun.class);

  /** The tag that marks the run as fully logged: the digest of the model's manifest. */
  private static final String LOGGED = "propensity.train";

  private final Tracking tracking;
  private final TrainedModelArtifact model;

  public ModelMlflowRun(Tracking tracking, TrainedModelArtifact model) {
    this.tracking = tracking;
    this.model = model;
  }

  /** The run, found or created; the model itself may not be logged to it yet. */
  public Run findOrBegin() {
    return findOrBegin(MlflowTags.of(model));
  }

  private Run findOrBegin(Map<String, String> tags) {
    return tracking.run(model.name(), model.uri(), model.title(), tags);
  }

  /**
   * Logs the model, unless it was logged before. Safe to repeat after an interruption: there is one
   * run, and its existing values are kept.
   *
   * @param cost the training cost, as metrics; empty where the model existed
   * @return the page of the run
   */
  public Map<String, String> log(Map<String, Double> cost) throws IOException {
    Run run = findOrBegin(tags());
    if (run.has(LOGGED, model.artifact().digest())) {
      return RunLinks.of(run);
    }
    run.parameters(parameters());
    run.metrics(cost);
    try (WorkFolder work = new WorkFolder()) {
      Path folder = model.files().folder(work.path());
      TrainingHistory training = ModelDirectory.training(folder);
      run.history(training.history());
      run.metrics(prefixed("validation_", training.validation()));
      run.metrics(prefixed("importance/", training.importance()));
      run.upload(folder, "model");
      String card = Files.readString(folder.resolve(ModelDirectory.CARD));
      run.tags(Map.of(MlflowTags.NOTE, card));
    }
    run.tags(Map.of(LOGGED, model.artifact().digest().hex()));
    run.finish();
    LOG.info("logged to MLflow as run {}", run.id());
    return RunLinks.of(run);
  }

  private Map<String, String> tags() {
    Manifest manifest = model.artifact().manifest();
    SortedMap<String, String> tags = MlflowTags.of(model);
    tags.put("propensity.features", model.features().uri().toString());
    tags.put("propensity.features.digest", model.features().digest().hex());
    Input comparison = manifest.inputs().get(TrainedModelArtifact.COMPARISON);
    if (comparison != null) {
      tags.put("propensity.comparison", comparison.uri().toString());
    }
    DataWarnings warnings =
        Features.require(model.files().store(), model.features().uri()).warnings();
    if (!warnings.leaks().isEmpty()) {
      tags.put("propensity.leaks", DataWarnings.joined(warnings.leaks()));
    }
    if (!warnings.others().isEmpty()) {
      tags.put("propensity.warnings", DataWarnings.joined(warnings.others()));
    }
    tags.put("propensity.model.digest", model.digest().hex());
    tags.put("propensity.code", manifest.code().hex());
    return tags;
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("learner", model.learner());
    for (Map.Entry<String, JsonNode> entry : model.parameters().properties()) {
      parameters.put(entry.getKey(), entry.getValue().asText());
    }
    return parameters;
  }

  private static Map<String, Double> prefixed(String prefix, Map<String, Double> metrics) {
    Map<String, Double> prefixed = new TreeMap<>();
    metrics.forEach((name, value) -> prefixed.put(prefix + MlflowTags.metric(name), value));
    return prefixed;
  }
}
