package dev.propensity.task;

import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.Computation;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The work of a {@link ComputationTask}, known after reading its options and the manifests of its
 * inputs. Immutable: the result of computing is passed to publishing as a value.
 *
 * @param <T> what computing returns beside the files that it writes
 */
public final class ComputationStep<T> {
  private static final String VALIDATED = "the step only validated the options";

  private final @Nullable Computation computation;
  private final @Nullable Compute<T> compute;
  private final @Nullable Publish<T> publish;
  private final Optional<Artifact> reusableArtifact;
  private final Optional<Outcome> validated;
  private final Function<ArtifactFiles, String> warnings;
  private final Function<ArtifactFiles, Map<String, ?>> details;

  private ComputationStep(
      @Nullable Computation computation,
      @Nullable Compute<T> compute,
      @Nullable Publish<T> publish,
      Optional<Artifact> reusableArtifact,
      Optional<Outcome> validated,
      Function<ArtifactFiles, String> warnings,
      Function<ArtifactFiles, Map<String, ?>> details) {
    this.computation = computation;
    this.compute = compute;
    this.publish = publish;
    this.reusableArtifact = reusableArtifact;
    this.validated = validated;
    this.warnings = warnings;
    this.details = details;
  }

  /** Computes an artifact. */
  public interface Compute<T> {
    /** Writes the artifact's files into this empty folder. */
    T into(Path folder) throws Exception;
  }

  /** Publishes an artifact to another system, such as MLflow. */
  public interface Publish<T> {
    /**
     * Publishes the artifact, whether it was computed now or found. Must be safe to repeat: a retry
     * after the commit publishes again.
     *
     * @param files the artifact's, local where this run wrote them
     * @param computed what computing returned, where this run computed it
     * @return where users find it, as details of the outcome; empty where nothing was published
     */
    Map<String, String> publish(ArtifactFiles files, Optional<T> computed) throws Exception;
  }

  /** Computes an artifact, unless it exists, and publishes it. */
  public static <T> ComputationStep<T> of(
      Computation computation, Compute<T> compute, Publish<T> publish) {
    return new ComputationStep<>(
        computation,
        compute,
        publish,
        Optional.empty(),
        Optional.empty(),
        files -> null,
        files -> Map.of());
  }

  /** Computes an artifact, unless it exists, and publishes it nowhere. */
  public static <T> ComputationStep<T> unpublished(Computation computation, Compute<T> compute) {
    return of(computation, compute, (files, computed) -> Map.of());
  }

  /** Computes nothing: the options were validated, with this outcome. */
  public static ComputationStep<Void> validateOnly(Outcome outcome) {
    return new ComputationStep<>(
        null, null, null, Optional.empty(), Optional.of(outcome), files -> null, files -> Map.of());
  }

  /**
   * The same step with an artifact that is used instead though another computation wrote it: the
   * release ledger's evaluation of its champion. {@code --force} computes regardless.
   */
  public ComputationStep<T> reusing(Optional<Artifact> artifact) {
    return new ComputationStep<>(
        computation, compute, publish, artifact, validated, warnings, details);
  }

  /**
   * The same step whose outcome shows a summary of the artifact, or warnings about it, whether it
   * was computed now or found.
   *
   * @param text one line; null where there is nothing to show
   */
  public ComputationStep<T> warning(Function<ArtifactFiles, String> text) {
    return new ComputationStep<>(
        computation, compute, publish, reusableArtifact, validated, text, details);
  }

  /**
   * The same step whose outcome has details of the artifact, whether it was computed now or found.
   */
  public ComputationStep<T> details(Function<ArtifactFiles, Map<String, ?>> facts) {
    return new ComputationStep<>(
        computation, compute, publish, reusableArtifact, validated, warnings, facts);
  }

  /** The warnings about the artifact in one line; null where there are none. */
  String warnings(ArtifactFiles files) {
    return warnings.apply(files);
  }

  /** The details of the outcome: the dataset's name with its origin, and those of the task. */
  SortedMap<String, Object> details(ArtifactFiles files) {
    SortedMap<String, Object> all = new TreeMap<>(details.apply(files));
    all.put("name", files.artifact().manifest().name());
    return all;
  }

  /** What is computed: the artifact's key. */
  Computation computation() {
    return Objects.requireNonNull(computation, VALIDATED);
  }

  Compute<T> compute() {
    return Objects.requireNonNull(compute, VALIDATED);
  }

  Publish<T> publish() {
    return Objects.requireNonNull(publish, VALIDATED);
  }

  Optional<Artifact> reusableArtifact() {
    return reusableArtifact;
  }

  /** The outcome of a run that only validates its options. */
  Optional<Outcome> validated() {
    return validated;
  }
}
