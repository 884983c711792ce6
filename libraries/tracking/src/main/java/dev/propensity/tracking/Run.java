package dev.propensity.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.UnavailableException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run in MLflow. Everything may be logged again: equal values leave the run as it is.
 *
 * <p>A task's logging ends with a tag as a marker, and is skipped where that tag exists:
 *
 * <pre>{@code
 * if (!run.has("propensity.evaluation", artifact.uri())) {
 *   run.metrics(…);
 *   run.upload(folder, "evaluation");
 *   run.tags(Map.of("propensity.evaluation", artifact.uri().toString()));
 * }
 * }</pre>
 */
public final class Run {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);
  private static final int MAX_PARAMETER_LENGTH = 6000;
  private static final int BATCH = 100; // MLflow's limit for parameters and tags
  private static final int METRICS_BATCH = 1000;
  private static final String ARTIFACTS = "mlflow-artifacts:/";

  private final MlflowApi api;
  private final String id;
  private final String experiment;
  private final long startTime;
  private final String status;
  private final String artifacts;
  private final Map<String, String> tags = new HashMap<>();
  private final Map<String, Double> metrics = new HashMap<>();

  Run(MlflowApi api, JsonNode run) {
    this.api = api;
    JsonNode info = run.get("info");
    this.id = info.get("run_id").asText();
    this.experiment = info.path("experiment_id").asText();
    this.startTime = info.path("start_time").asLong();
    this.status = info.path("status").asText();
    this.artifacts = info.path("artifact_uri").asText();
    run.path("data")
        .path("tags")
        .forEach(tag -> tags.put(tag.get("key").asText(), tag.path("value").asText()));
    run.path("data")
        .path("metrics")
        .forEach(metric -> metrics.put(metric.get("key").asText(), metric.get("value").asDouble()));
  }

  /** MLflow's identifier of this run. */
  public String id() {
    return id;
  }

  /** The run's page in MLflow. */
  public String page() {
    return "%s/#/experiments/%s/runs/%s".formatted(api.uri(), experiment, id);
  }

  /**
   * The page in MLflow that shows one of the run's artifacts; empty where the server does not serve
   * artifacts.
   *
   * @param path in the run's artifacts: {@code evaluation/report.html}
   */
  public Optional<String> artifactPage(String path) {
    return servesArtifacts() ? Optional.of(page() + "/artifacts/" + path) : Optional.empty();
  }

  /** Whether the run had this tag with this value (as text) when it was found. */
  public boolean has(String tag, Object value) {
    return value.toString().equals(tags.get(tag));
  }

  /** The value of this tag when the run was found. */
  public Optional<String> tag(String name) {
    return Optional.ofNullable(tags.get(name));
  }

  /** The last value that this metric had when the run was found. */
  public OptionalDouble metric(String name) {
    Double value = metrics.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Makes this run a child of another in MLflow. */
  public void nestUnder(Run parent) {
    tags(Map.of("mlflow.parentRunId", parent.id));
  }

  /** Logs parameters. Texts beyond MLflow's 6,000 characters are cut. */
  public void parameters(Map<String, String> parameters) {
    List<Map<String, ?>> entries = new ArrayList<>();
    parameters.forEach(
        (key, value) ->
            entries.add(
                Map.of(
                    "key",
                    key,
                    "value",
                    value.substring(0, Math.min(value.length(), MAX_PARAMETER_LENGTH)))));
    log("params", entries, BATCH);
  }

  /** Logs metrics, each one number. NaN and infinities are left out. */
  public void metrics(Map<String, Double> metrics) {
    List<Map<String, ?>> entries = new ArrayList<>();
    metrics.forEach((key, value) -> addMetric(entries, key, value, startTime, 0));
    log("metrics", entries, METRICS_BATCH);
  }

  /**
   * Logs metrics of one step. NaN and infinities are left out.
   *
   * @param time of the step, the same whenever it is logged: MLflow keeps equal values once
   */
  public void metrics(Map<String, Double> metrics, Instant time, long step) {
    List<Map<String, ?>> entries = new ArrayList<>();
    metrics.forEach((key, value) -> addMetric(entries, key, value, time.toEpochMilli(), step));
    log("metrics", entries, METRICS_BATCH);
  }

  /** Logs metrics by round: the first value is round 0. */
  public void history(Map<String, List<Double>> metrics) {
    List<Map<String, ?>> entries = new ArrayList<>();
    metrics.forEach(
        (key, values) -> {
          for (int round = 0; round < values.size(); round++) {
            addMetric(entries, key, values.get(round), startTime, round);
          }
        });
    log("metrics", entries, METRICS_BATCH);
  }

  /** Sets tags. {@code mlflow.note.content} is the run's description, in Markdown. */
  public void tags(Map<String, String> tags) {
    List<Map<String, ?>> entries = new ArrayList<>();
    tags.forEach((key, value) -> entries.add(Map.of("key", key, "value", value)));
    log("tags", entries, BATCH);
    this.tags.putAll(tags);
  }

  /**
   * Uploads the files of a folder, those of folders in it too. Skipped where the server does not
   * serve artifacts ({@code --serve-artifacts}): the files are on S3.
   *
   * @param under the folder in the run's artifacts: {@code model}; empty for its root
   */
  public void upload(Path folder, String under) {
    if (!servesArtifacts()) {
      LOG.warn(
          "MLflow's server does not serve artifacts, which are at {}: nothing is uploaded",
          artifacts);
      return;
    }
    String root = artifacts.substring(ARTIFACTS.length()).replaceFirst("^/+", "");
    new FolderUpload(api, under.isEmpty() ? root : root + "/" + under).send(folder);
  }

  /** Marks the run as finished. */
  public void finish() {
    if (!status.equals("FINISHED")) {
      change(
          "runs/update",
          Map.of("run_id", id, "status", "FINISHED", "end_time", System.currentTimeMillis()));
    }
  }

  private boolean servesArtifacts() {
    return artifacts.startsWith(ARTIFACTS);
  }

  long startTime() {
    return startTime;
  }

  void delete() {
    api.post("runs/delete", Map.of("run_id", id));
  }

  // Metrics without a time of their own carry the run's start: MLflow keeps equal ones once, so
  // that a retry adds nothing.
  private static void addMetric(
      List<Map<String, ?>> entries, String key, Double value, long time, long step) {
    if (value != null && Double.isFinite(value)) {
      entries.add(Map.of("key", key, "value", value, "timestamp", time, "step", step));
    }
  }

  private void log(String kind, List<Map<String, ?>> entries, int batch) {
    for (int from = 0; from < entries.size(); from += batch) {
      List<Map<String, ?>> part = entries.subList(from, Math.min(entries.size(), from + batch));
      change("runs/log-batch", Map.of("run_id", id, kind, part));
    }
  }

  private void change(String path, Map<String, ?> body) {
    try {
      api.post(path, body);
    } catch (MlflowRequestException e) {
      if (e.getMessage().contains("must be in the 'active'")) {
        throw new UnavailableException("another attempt took over the run " + id + " in MLflow", e);
      }
      throw e;
    }
  }
}
