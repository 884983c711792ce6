package dev.propensity.task;

import dev.propensity.storage.Computation;
import java.nio.file.Path;

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
    return new Computing(compute);
  }

  /** Computes nothing and needs no store. */
  static SourceStep validateOnly(Validate validate) {
    return new Validating(validate);
  }

  /** A step that computes. */
  record Computing(SourceComputation compute) implements SourceStep {}

  /** A step that only validates. */
  record Validating(Validate validate) implements SourceStep {}
}
