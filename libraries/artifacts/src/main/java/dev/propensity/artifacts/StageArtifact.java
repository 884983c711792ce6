package dev.propensity.artifacts;

import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.Input;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;

/** What all stage artifacts have in common. */
public interface StageArtifact {
  /** Its files, and its manifest. */
  ArtifactFiles files();

  /** The artifact as the store knows it. */
  default Artifact artifact() {
    return files().artifact();
  }

  /** Where it is. */
  default S3Location uri() {
    return artifact().uri();
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
