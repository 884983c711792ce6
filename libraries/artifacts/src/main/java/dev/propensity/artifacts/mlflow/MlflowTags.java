package dev.propensity.artifacts.mlflow;

import dev.propensity.artifacts.StageArtifact;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tags that the runs of all stage artifacts have in MLflow. */
final class MlflowTags {
  /** The tag that MLflow shows as a run's description. */
  static final String NOTE = "mlflow.note.content";

  private MlflowTags() {}

  /** Whether the rows behind the artifact are real, in a map that can take further tags. */
  static SortedMap<String, String> of(StageArtifact artifact) {
    SortedMap<String, String> tags = new TreeMap<>();
    tags.put("propensity.origin", artifact.origin().toString());
    return tags;
  }

  /** A name as part of that of a metric, in which MLflow allows letters, digits and _-. :/ only. */
  static String metric(String name) {
    return name.replaceAll("[^\\w. :/-]", "_");
  }
}
