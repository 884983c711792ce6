package dev.propensity.tracking;

import dev.propensity.artifact.S3Location;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * MLflow, where people look at runs and models. It only mirrors artifacts and the release ledger:
 * whatever is logged can be logged again from them.
 *
 * <p>Every method throws {@link dev.propensity.foundation.UnavailableException} where the server is
 * unreachable or at fault, and {@link dev.propensity.foundation.UserException} where it refuses
 * what a person must mend (credentials, no artifacts served).
 */
public final class Tracking implements AutoCloseable {

  /** The tag by which the run of a model artifact is found. */
  public static final String MODEL_TAG = "propensity.model";

  private Tracking() {}

  /**
   * The MLflow server that {@code MLFLOW_TRACKING_URI} names, with {@code
   * MLFLOW_TRACKING_USERNAME}, {@code _PASSWORD} or {@code _TOKEN} where they are set. Nothing is
   * asked of it yet.
   *
   * @param settings a variable's value by its name
   * @return nothing where {@code MLFLOW_TRACKING_URI} is not set, which is logged: jars by hand
   *     work without MLflow
   */
  public static Optional<Tracking> connect(Function<String, Optional<String>> settings) {
    throw new UnsupportedOperationException();
  }

  /**
   * The one run of a model artifact: found by its tag, or begun. Where several tries began one
   * each, the first stays and the others are deleted.
   *
   * @param experiment the data set's name with its origin
   * @param name of a run that is begun, for people
   * @param tags of a run that is begun
   */
  public Run run(String experiment, S3Location model, String name, Map<String, String> tags) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
