package dev.propensity.tasks.train;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.model.ModelDirectory;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Manifest;
import dev.propensity.storage.Origin;
import dev.propensity.tracking.Run;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The run of a model artifact in MLflow. */
final class ModelRun {
  private static final Logger LOG = LoggerFactory.getLogger(ModelRun.class);

  /** The tag that says that all was logged: the digest of the model's manifest. */
  private static final String LOGGED = "propensity.train";

  private final Tracking tracking;
  private final Artifact model;

  ModelRun(Tracking tracking, Artifact model) {
    this.tracking = tracking;
    this.model = model;
  }

  /**
   * Logs the model, unless that was done. Safe to repeat after a try that was killed: there is one
   * run, and what it has already stays as it is.
   *
   * @param files brings the model's files into the empty folder that it is given, or says where
   *     they are
   * @param effort what learning took, where it was done now
   */
  void log(UnaryOperator<Path> files, Map<String, Double> effort) {
    Manifest manifest = model.manifest();
    String title = model.titled(manifest.parameters().get("learner").asText());
    Run run = tracking.run(manifest.name(), model.uri(), title, tags());
    if (run.has(LOGGED, model.digest())) {
      return;
    }
    run.parameters(parameters());
    run.metrics(effort);
    try (WorkFolder work = new WorkFolder()) {
      Path folder = files.apply(work.path());
      ModelDirectory.Training training = ModelDirectory.training(folder);
      run.history(training.history());
      run.metrics(prefixed("validation_", training.validation()));
      run.metrics(prefixed("importance/", training.importance()));
      run.upload(folder, "model");
      run.tags(Map.of("mlflow.note.content", Files.readString(folder.resolve("MODEL_CARD.md"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run.tags(Map.of(LOGGED, model.digest().hex()));
    run.finish();
    LOG.info("logged to MLflow as run {}", run.id());
  }

  private Map<String, String> tags() {
    Manifest manifest = model.manifest();
    Map<String, String> tags = new TreeMap<>();
    tags.put("propensity.origin", manifest.origin() == Origin.SAMPLE ? "sample" : "real");
    tags.put("propensity.features", manifest.inputs().get("features").uri().toString());
    tags.put("propensity.features.digest", manifest.inputs().get("features").digest().hex());
    if (manifest.inputs().containsKey("comparison")) {
      tags.put("propensity.comparison", manifest.inputs().get("comparison").uri().toString());
    }
    tags.put("propensity.model.digest", CanonicalJson.digest(manifest.files()).hex());
    tags.put("propensity.code", manifest.code().hex());
    return tags;
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("learner", model.manifest().parameters().get("learner").asText());
    for (Map.Entry<String, JsonNode> entry :
        model.manifest().parameters().get("parameters").properties()) {
      parameters.put(entry.getKey(), entry.getValue().asText());
    }
    return parameters;
  }

  // MLflow allows letters, digits and _-. :/ in names.
  private static Map<String, Double> prefixed(String prefix, Map<String, Double> metrics) {
    Map<String, Double> prefixed = new TreeMap<>();
    metrics.forEach(
        (name, value) -> prefixed.put(prefix + name.replaceAll("[^\\w. :/-]", "_"), value));
    return prefixed;
  }
}
