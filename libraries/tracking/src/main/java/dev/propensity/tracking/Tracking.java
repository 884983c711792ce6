package dev.propensity.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.storage.S3Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs runs and models to MLflow. MLflow only mirrors artifacts and the release ledger: everything
 * can be logged again from them.
 *
 * <p>Every method throws {@link UnavailableException} where the server is unreachable or at fault,
 * and {@link dev.propensity.foundation.UserException} for errors that the user must fix
 * (credentials, no MLflow server).
 */
public final class Tracking implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tracking.class);

  /** The tag by which the run of a model artifact is found. */
  public static final String MODEL_TAG = "propensity.model";

  private final MlflowApi api;
  private final Experiments experiments;

  private Tracking(MlflowApi api) {
    this.api = api;
    this.experiments = new Experiments(api);
  }

  /**
   * The MLflow server that {@code MLFLOW_TRACKING_URI} names, with {@code
   * MLFLOW_TRACKING_USERNAME}, {@code _PASSWORD} or {@code _TOKEN} where they are set. Connects at
   * first use.
   *
   * @param settings a variable's value by its name
   * @return empty where {@code MLFLOW_TRACKING_URI} is not set, which is logged: the jars work
   *     without MLflow
   */
  public static Optional<Tracking> connect(Function<String, Optional<String>> settings) {
    Optional<MlflowAddress> address = MlflowAddress.of(settings);
    if (address.isEmpty()) {
      LOG.info("MLFLOW_TRACKING_URI is not set: nothing is logged to MLflow");
    }
    return address.map(MlflowApi::new).map(Tracking::new);
  }

  /**
   * The one run of a model artifact: found by its tag, or created. Where several attempts created
   * one each, the first is kept and the others are deleted.
   *
   * @param experiment the dataset's name with its origin
   * @param name of a new run
   * @param tags of a new run
   */
  public Run run(String experiment, S3Location model, String name, Map<String, String> tags) {
    return run(experiment, MODEL_TAG, model, name, tags);
  }

  /**
   * The one run of any artifact, as {@link #run(String, S3Location, String, Map)} is of a model.
   *
   * @param key the tag by which the run is found; its value is the artifact's URI
   */
  public Run run(
      String experiment, String key, S3Location artifact, String name, Map<String, String> tags) {
    String experimentId = experiments.require(experiment);
    return findIn(experimentId, key, artifact)
        .orElseGet(() -> begin(experimentId, key, artifact, name, tags));
  }

  /** The run of a model artifact, or empty where it was never logged. */
  public Optional<Run> find(String experiment, S3Location model) {
    return experiments.find(experiment).flatMap(id -> findIn(id, MODEL_TAG, model));
  }

  /**
   * Updates MLflow's registered model from the ledger: its versions in their order, the aliases
   * {@code champion}, {@code challenger}, {@code previous}, tags and descriptions. If it is up to
   * date nothing is written; that takes two requests.
   *
   * @param state the ledger's last entry
   */
  public void mirror(ReleaseLedger ledger, LedgerEntry state) {
    new RegistryMirror(this, new ModelRegistry(api, ledger.name()), ledger).update(state);
  }

  /**
   * Mirrors the current ledger after a manual action. The action has succeeded even if MLflow
   * cannot be updated: the next registration updates it.
   *
   * @param settings a variable's value by its name
   */
  public static void mirrorIfReachable(
      Function<String, Optional<String>> settings, ReleaseLedger ledger) {
    connect(settings)
        .ifPresent(
            connected -> {
              try (Tracking tracking = connected) {
                ledger.latest().ifPresent(state -> tracking.mirror(ledger, state));
              } catch (UnavailableException e) {
                LOG.warn("{}; the next registration updates MLflow", e.getMessage());
              }
            });
  }

  /**
   * This project's models in the registry whose files are there.
   *
   * @param uriPrefix the prefix of their addresses, such as {@code s3://bucket/}
   */
  public List<RegisteredVersions> registeredVersions(String uriPrefix) {
    return new RegistryCleanup(api).below(uriPrefix);
  }

  /** Deletes them from the registry, if they exist. */
  public void deregister(RegisteredVersions versions) {
    new RegistryCleanup(api).delete(versions);
  }

  @Override
  public void close() {
    api.close();
  }

  private Run begin(
      String experimentId, String key, S3Location artifact, String name, Map<String, String> tags) {
    List<Map<String, String>> all = new ArrayList<>();
    tags.forEach((tag, value) -> all.add(Map.of("key", tag, "value", value)));
    all.add(Map.of("key", key, "value", artifact.toString()));
    api.post(
        "runs/create",
        Map.of(
            "experiment_id", experimentId,
            "run_name", name,
            "start_time", System.currentTimeMillis(),
            "tags", all));
    return findIn(experimentId, key, artifact)
        .orElseThrow(
            () -> new IllegalStateException("MLflow does not find the run that it created"));
  }

  private Optional<Run> findIn(String experimentId, String key, S3Location artifact) {
    JsonNode answer =
        api.post(
            "runs/search",
            Map.of(
                "experiment_ids",
                List.of(experimentId),
                "filter",
                "tags.`" + key + "` = '" + artifact + "'",
                "max_results",
                100));
    List<Run> runs = new ArrayList<>();
    answer.path("runs").forEach(run -> runs.add(new Run(api, run)));
    runs.sort(Comparator.comparingLong(Run::startTime).thenComparing(Run::id));
    for (Run superfluous : runs.subList(Math.min(1, runs.size()), runs.size())) {
      superfluous.delete();
    }
    return runs.stream().findFirst();
  }
}
