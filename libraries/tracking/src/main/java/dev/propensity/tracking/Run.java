package dev.propensity.tracking;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A run in MLflow. Everything may be logged again: equal values leave the run as it is.
 *
 * <p>What a task announces ends with a tag that says so, and is skipped where that tag is there:
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
  Run() {}

  /** MLflow's identifier of this run. */
  public String id() {
    throw new UnsupportedOperationException();
  }

  /** Whether the run had this tag with this value (as text) when it was found. */
  public boolean has(String tag, Object value) {
    throw new UnsupportedOperationException();
  }

  /** Logs parameters. Texts beyond MLflow's 6,000 characters are cut. */
  public void parameters(Map<String, String> parameters) {
    throw new UnsupportedOperationException();
  }

  /** Logs metrics, each one number. NaN and infinities are left out. */
  public void metrics(Map<String, Double> metrics) {
    throw new UnsupportedOperationException();
  }

  /** Logs metrics by round: the first value is round 0. */
  public void history(Map<String, List<Double>> metrics) {
    throw new UnsupportedOperationException();
  }

  /** Sets tags. {@code mlflow.note.content} is the run's description, in Markdown. */
  public void tags(Map<String, String> tags) {
    throw new UnsupportedOperationException();
  }

  /**
   * Uploads the files of a folder, those of folders in it too.
   *
   * @param under where they go below the run's artifacts: {@code model}; empty for its root
   */
  public void upload(Path folder, String under) {
    throw new UnsupportedOperationException();
  }

  /** Marks the run as finished. */
  public void finish() {
    throw new UnsupportedOperationException();
  }
}
