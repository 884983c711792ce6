package dev.propensity.task;

import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.Computation;
import java.nio.file.Path;
import java.util.Map;

/** The work of a {@link SourceTask}, known after reading its options. Immutable. */
public sealed interface SourceStep {
  /** Computes an artifact. */
  interface SourceComputation {
    /**
     * Writes the artifact's files into an empty folder.
     *
     * @param scratch an empty folder for temporary files
     * @return what was computed
     */
    Computation into(Path folder, Path scratch) throws Exception;
  }

  /** Publishes an artifact to another system, and describes it. */
  interface Publish {
    /**
     * Publishes the artifact, whether it was computed now or found. Must be safe to repeat.
     *
     * @param files the artifact's, local where this run wrote them
     * @return details of the outcome
     */
    Map<String, ?> publish(ArtifactFiles files) throws Exception;
  }

  /** Validates the inputs of a computation. */
  interface Validate {
    /**
     * Writes nothing but scratch files.
     *
     * @param scratch an empty folder
     */
    Outcome in(Path scratch) throws Exception;
  }

  /** Computes an artifact, and commits it unless it exists. */
  static SourceStep of(SourceComputation compute) {
    return new Computing(compute, files -> Map.of());
  }

  /** Computes an artifact, commits it unless it exists, and publishes it. */
  static SourceStep of(SourceComputation compute, Publish publish) {
    return new Computing(compute, publish);
  }

  /** Computes nothing and needs no store. */
  static SourceStep validateOnly(Validate validate) {
    return new Validating(validate);
  }

  /** A step that computes. */
  record Computing(SourceComputation compute, Publish publish) implements SourceStep {}

  /** A step that only validates. */
  record Validating(Validate validate) implements SourceStep {}
}
