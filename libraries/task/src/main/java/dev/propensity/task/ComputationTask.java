package dev.propensity.task;

import dev.propensity.foundation.WorkFolder;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Computation;
import dev.propensity.storage.S3Location;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/**
 * A task whose artifact follows from its inputs alone, with {@code --plan} and {@code --force}.
 *
 * <p>It answers with the artifact that is there already, or computes into an empty folder and
 * commits that.
 */
public abstract class ComputationTask extends Task {
  private static final Logger LOG = LoggerFactory.getLogger(ComputationTask.class);

  @Option(
      names = "--plan",
      description = "Say which artifact this would make and whether it is there; do nothing.")
  private boolean plan;

  @Option(
      names = "--force",
      description =
          "Do the work again though it was done: different bytes are an error, missing or damaged"
              + " files are made whole.")
  private boolean force;

  /** What answers a run that only looks at its options, at once. Nothing by default. */
  protected Optional<Outcome> checked() {
    return Optional.empty();
  }

  /** What this run computes. Reads manifests of inputs, no more. */
  protected abstract Computation computation();

  /** Writes the artifact's files into this empty folder. */
  protected abstract void compute(Path folder) throws Exception;

  /**
   * The artifact that answers for this computation though another computation made it: the release
   * ledger's evaluation of its champion. Nothing by default; not asked with {@code --force}.
   */
  protected Optional<Artifact> standing() {
    return Optional.empty();
  }

  /**
   * Tells the world of the artifact (MLflow), whether it was made now or found. Must be safe to
   * repeat: a run that was killed after the commit comes here again.
   */
  protected void announce(Artifact artifact) {}

  @Override
  protected final Outcome perform() throws Exception {
    Optional<Outcome> checked = checked();
    if (checked.isPresent()) {
      return checked.get();
    }
    Computation computation = computation();
    ArtifactStore store = surroundings().store();
    Optional<Artifact> standing = force ? Optional.empty() : standing().filter(store::isWhole);
    S3Location uri = standing.map(Artifact::uri).orElse(computation.location(store.root()));
    Optional<Artifact> there =
        force && !plan ? Optional.empty() : standing.or(() -> store.find(uri));
    Optional<Instant> since = there.flatMap(store::wholeSince);
    if (plan) {
      return Outcome.planned(uri, since);
    }
    if (since.isPresent()) {
      announce(there.get());
      return Outcome.unchanged(uri, since.get());
    }
    if (there.isPresent()) {
      LOG.warn("files of {} are missing or damaged: making them again", uri);
    }
    try (WorkFolder folder = new WorkFolder()) {
      compute(folder.path());
      Artifact artifact = store.commit(computation, folder.path());
      announce(artifact);
      return Outcome.done(uri, null);
    }
  }
}
