package dev.propensity.task;

import dev.propensity.foundation.WorkFolder;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.S3Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * A task that must ask the world before it knows what it computes: it works first, and then finds
 * that its artifact is there already, or commits it.
 */
public abstract class FoundTask extends Task {
  @Option(
      names = "--force",
      description =
          "Write though the same is there: different bytes are an error, missing or damaged files"
              + " are made whole.")
  private boolean force;

  /**
   * What a run returns that only validates its inputs and writes nothing. Nothing by default.
   *
   * @param scratch an empty folder
   */
  protected Optional<Outcome> validateOnly(Path scratch) throws Exception {
    return Optional.empty();
  }

  /**
   * Writes the artifact's files into an empty folder.
   *
   * @param scratch an empty folder for what is not of the artifact
   * @return what was computed
   */
  protected abstract Computation compute(Path folder, Path scratch) throws Exception;

  @Override
  protected final Outcome perform() throws Exception {
    try (WorkFolder work = new WorkFolder()) {
      Path folder = Files.createDirectory(work.path().resolve("artifact"));
      Path scratch = Files.createDirectory(work.path().resolve("scratch"));
      Optional<Outcome> validated = validateOnly(scratch);
      if (validated.isPresent()) {
        return validated.get();
      }
      ArtifactStore store = surroundings().store();
      Computation computation = compute(folder, scratch);
      S3Location uri = computation.location(store.root());
      Optional<Artifact> there = force ? Optional.empty() : store.find(uri);
      Optional<Instant> since = there.flatMap(store::wholeSince);
      if (since.isPresent()) {
        return Outcome.unchanged(uri, since.get());
      }
      return Outcome.done(store.commit(computation, folder).uri(), null);
    }
  }
}
