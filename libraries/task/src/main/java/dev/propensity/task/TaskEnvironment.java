package dev.propensity.task;

import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.ObjectStore;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.s3.S3ObjectStore;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the environment, by their standard names: {@code AWS_REGION}, {@code
 * AWS_ENDPOINT_URL_S3}, {@code AWS_ACCESS_KEY_ID}…, {@code MLFLOW_TRACKING_URI}, and {@code
 * PROPENSITY_STORE}. Connections are made at first use.
 */
public final class TaskEnvironment implements AutoCloseable {
  private final Map<String, String> variables;
  private @Nullable ObjectStore objects;

  /**
   * The environment that these variables describe; connects to nothing yet.
   *
   * @param variables the environment, by name
   */
  public TaskEnvironment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** The environment of these variables whose objects are not on S3. */
  TaskEnvironment(Map<String, String> variables, ObjectStore objects) {
    this(variables);
    this.objects = objects;
  }

  /** The variable's value, empty where it is unset or empty. */
  public Optional<String> get(String variable) {
    return Optional.ofNullable(variables.get(variable)).filter(value -> !value.isEmpty());
  }

  /** All variables, by name. */
  public Map<String, String> variables() {
    return variables;
  }

  /** The variable's value. */
  public String require(String variable) {
    return get(variable).orElseThrow(() -> new UserException("set " + variable));
  }

  /** S3's objects. */
  public ObjectStore objects() {
    if (objects == null) {
      objects = new S3ObjectStore(variables);
    }
    return objects;
  }

  /** The stage's artifacts, in {@code PROPENSITY_STORE}. */
  public ArtifactStore store() {
    return new ArtifactStore(objects(), S3Location.parse(require("PROPENSITY_STORE")));
  }

  @Override
  public void close() {
    if (objects != null) {
      objects.close();
    }
  }
}
