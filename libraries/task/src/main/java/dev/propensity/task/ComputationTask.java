package dev.propensity.task;

import dev.propensity.artifact.Artifact;
import dev.propensity.artifact.Computation;
import java.nio.file.Path;

/**
 * A task whose artifact follows from its inputs alone, with {@code --plan} and {@code --force}.
 *
 * <p>It answers with the artifact that is there already, or computes into an empty folder and
 * commits that.
 */
public abstract class ComputationTask extends Task {

  /** What this run computes. Reads manifests of inputs, no more. */
  protected abstract Computation computation();

  /** Writes the artifact's files into this empty folder. */
  protected abstract void compute(Path folder) throws Exception;

  /**
   * Tells the world of the artifact (MLflow), whether it was made now or found. Must be safe to
   * repeat: a run that was killed after the commit comes here again.
   */
  protected void announce(Artifact artifact) {}

  @Override
  protected final Outcome perform() throws Exception {
    throw new UnsupportedOperationException();
  }
}
