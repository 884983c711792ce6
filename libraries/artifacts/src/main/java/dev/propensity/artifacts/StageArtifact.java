package dev.propensity.artifacts;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.Input;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;

/** Base of all stage artifacts. */
public interface StageArtifact {
  /** Its files, and its manifest. */
  ArtifactFiles files();

  /** The artifact in the store. */
  default Artifact artifact() {
    return files().artifact();
  }

  /** Where it is. */
  default S3Location uri() {
    return artifact().uri();
  }

  /** Rejects an artifact of another dataset, by a {@code UserException}. */
  default void requireOf(DatasetSpec spec) {
    artifact().requireOf(spec.name());
  }

  /**
   * Rejects an artifact of another dataset or origin, by a {@code UserException}.
   *
   * @param name the dataset's name with its origin
   */
  default void requireNamed(String name) {
    artifact().requireNamed(name);
  }

  /** This artifact as another computation's input. */
  default Input asInput() {
    return artifact().asInput();
  }

  /** The dataset's name with its origin. */
  default String name() {
    return artifact().manifest().name();
  }

  /** Whether the rows behind it are real. */
  default Origin origin() {
    return artifact().manifest().origin();
  }
}
