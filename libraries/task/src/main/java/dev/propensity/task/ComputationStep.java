package dev.propensity.task;

import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.Computation;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run of a {@link ComputationTask} does, known once its options and the manifests of its
 * inputs are read. Immutable: what computing finds out reaches publishing as a value.
 *
 * @param <T> what computing returns beside the files that it writes
 */
public final class ComputationStep<T> {
  private final Computation computation;
  private final Compute<T> compute;
  private final Publish<T> publish;
  private final Optional<Artifact> reusableArtifact;
  private final Optional<Outcome> validated;

  private ComputationStep(
      Computation computation,
      Compute<T> compute,
      Publish<T> publish,
      Optional<Artifact> reusableArtifact,
      Optional<Outcome> validated) {
    this.computation = computation;
    this.compute = compute;
    this.publish = publish;
    this.reusableArtifact = reusableArtifact;
    this.validated = validated;
  }

  /** Computes an artifact. */
  public interface Compute<T> {
    /** Writes the artifact's files into this empty folder. */
    T into(Path folder) throws Exception;
  }

  /** Makes an artifact known elsewhere, as in MLflow. */
  public interface Publish<T> {
    /**
     * Publishes the artifact, whether it was computed now or found. Must be safe to repeat: a run
     * that was killed after the commit comes here again.
     *
     * @param files the artifact's, still at hand where they were written now
     * @param computed what computing returned, where it was done now
     */
    void publish(ArtifactFiles files, Optional<T> computed) throws Exception;
  }

  /** Computes an artifact, unless it exists, and publishes it. */
  public static <T> ComputationStep<T> of(
      Computation computation, Compute<T> compute, Publish<T> publish) {
    return new ComputationStep<>(computation, compute, publish, Optional.empty(), Optional.empty());
  }

  /** Computes an artifact, unless it exists, and publishes it nowhere. */
  public static <T> ComputationStep<T> unpublished(Computation computation, Compute<T> compute) {
    return of(computation, compute, (files, computed) -> {});
  }

  /** Computes nothing: the options were validated, with this outcome. */
  public static ComputationStep<Void> validateOnly(Outcome outcome) {
    return new ComputationStep<>(null, null, null, Optional.empty(), Optional.of(outcome));
  }

  /**
   * The same step with an artifact that is used instead though another computation wrote it: the
   * release ledger's evaluation of its champion. {@code --force} computes all the same.
   */
  public ComputationStep<T> reusing(Optional<Artifact> artifact) {
    return new ComputationStep<>(computation, compute, publish, artifact, validated);
  }

  /** What is computed: the artifact's key. */
  Computation computation() {
    return computation;
  }

  Compute<T> compute() {
    return compute;
  }

  Publish<T> publish() {
    return publish;
  }

  Optional<Artifact> reusableArtifact() {
    return reusableArtifact;
  }

  /** The outcome of a run that only validates its options. */
  Optional<Outcome> validated() {
    return validated;
  }
}
