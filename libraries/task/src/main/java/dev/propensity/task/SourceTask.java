package dev.propensity.task;

import dev.propensity.foundation.WorkFolder;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.S3Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * A task that must read an external source before it knows its computation: it works first, and
 * then returns the existing artifact or commits a new one.
 */
public abstract class SourceTask extends Task {
  private static final String NAME = "name";

  @Option(
      names = "--force",
      description =
          "Write even if the artifact exists: different bytes are an error, missing or damaged"
              + " files are repaired.")
  private boolean force;

  /**
   * Reads the options, no more.
   *
   * @return what this run does
   * @throws dev.propensity.foundation.UserException for errors that the user must fix
   */
  protected abstract SourceStep prepare();

  @Override
  protected final Outcome perform() throws Exception {
    SourceStep step = prepare();
    try (WorkFolder work = new WorkFolder()) {
      Path scratch = Files.createDirectory(work.path().resolve("scratch"));
      if (step instanceof SourceStep.Validating validating) {
        return validating.validate().in(scratch);
      }
      Path folder = Files.createDirectory(work.path().resolve("artifact"));
      return compute((SourceStep.Computing) step, folder, scratch);
    }
  }

  private Outcome compute(SourceStep.Computing step, Path folder, Path scratch) throws Exception {
    ArtifactStore store = environment().store();
    Computation computation = step.compute().into(folder, scratch);
    S3Location uri = computation.location(store.root());
    String name = computation.origin().nameOf(computation.dataset());
    Optional<Artifact> there = force ? Optional.empty() : store.find(uri);
    Optional<Instant> since = there.flatMap(store::completedAt);
    if (since.isPresent()) {
      ArtifactFiles files = ArtifactFiles.stored(store, there.get());
      return Outcome.unchanged(uri, since.get())
          .with(NAME, name)
          .with(step.publish().publish(files));
    }
    Artifact artifact = store.commit(computation, folder);
    ArtifactFiles files = ArtifactFiles.written(store, artifact, folder);
    return Outcome.done(uri, null).with(NAME, name).with(step.publish().publish(files));
  }
}
