package dev.propensity.task;

import dev.propensity.foundation.WorkFolder;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/**
 * A task whose artifact follows from its inputs alone, with {@code --plan} and {@code --force}.
 *
 * <p>It returns the existing artifact, or computes into an empty folder and commits the files.
 */
public abstract class ComputationTask extends Task {
  private static final Logger LOG = LoggerFactory.getLogger(ComputationTask.class);

  @Option(
      names = "--plan",
      description =
          "Print which artifact would be written and whether it exists, without writing it.")
  private boolean plan;

  @Option(
      names = "--force",
      description =
          "Recompute an existing artifact: different bytes are an error, missing or damaged"
              + " files are repaired.")
  private boolean force;

  /**
   * Reads the options and the manifests of the inputs, no more.
   *
   * @return what this run computes, how, and where it is published
   * @throws dev.propensity.foundation.UserException for errors that the user must fix
   */
  protected abstract ComputationStep<?> prepare();

  @Override
  protected final Outcome perform() throws Exception {
    ComputationStep<?> step = prepare();
    return step.validated().isPresent() ? step.validated().get() : execute(step);
  }

  private <T> Outcome execute(ComputationStep<T> step) throws Exception {
    ArtifactStore store = environment().store();
    Optional<Artifact> reusable =
        force ? Optional.empty() : step.reusableArtifact().filter(store::isComplete);
    S3Location uri = reusable.map(Artifact::uri).orElse(step.computation().location(store.root()));
    Optional<Artifact> there =
        force && !plan ? Optional.empty() : reusable.or(() -> store.find(uri));
    Optional<Instant> since = there.flatMap(store::completedAt);
    if (plan) {
      return Outcome.planned(uri, since);
    }
    if (since.isPresent()) {
      ArtifactFiles files = ArtifactFiles.stored(store, there.get());
      Map<String, String> links = step.publish().publish(files, Optional.empty());
      return Outcome.unchanged(uri, since.get())
          .because(step.warnings(files))
          .with(step.details(files))
          .with(links);
    }
    if (there.isPresent()) {
      LOG.warn("files of {} are missing or damaged: computing them again", uri);
    }
    try (WorkFolder work = new WorkFolder()) {
      T computed = step.compute().into(work.path());
      Artifact artifact = store.commit(step.computation(), work.path());
      ArtifactFiles files = ArtifactFiles.written(store, artifact, work.path());
      Map<String, String> links = step.publish().publish(files, Optional.ofNullable(computed));
      return Outcome.done(uri, step.warnings(files)).with(step.details(files)).with(links);
    }
  }
}
