package dev.propensity.tasks.prune;

import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes artifacts that nothing needs any more. */
@Command(
    name = "prune",
    description = {
      "Removes artifacts that no recent entry of a release ledger reaches, by the inputs that their",
      "manifests name. Says what it would remove, and does it with --yes. Ledgers and uploaded",
      "files stay, and so does all that a young artifact was made of. Do not prune while a run is",
      "under way on old data."
    })
public final class PruneTask extends Task {
  private static final Logger LOG = LoggerFactory.getLogger(PruneTask.class);
  private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();

  @Option(
      names = "--keep",
      paramLabel = "ENTRIES",
      defaultValue = "10",
      description = "How many of each ledger's last entries count; by default ${DEFAULT-VALUE}.")
  private int keep;

  @Option(
      names = "--older-than",
      paramLabel = "DAYS",
      defaultValue = "7",
      description = "What was written later stays; by default ${DEFAULT-VALUE} days.")
  private double olderThan;

  @Option(names = "--yes", description = "Remove them.")
  private boolean yes;

  public static void main(String... arguments) {
    Task.main(new PruneTask(), arguments);
  }

  @Override
  protected Outcome perform() {
    if (keep < 1) {
      throw new UserException("--keep " + keep + ": 1 at least, or the champions would go");
    }
    if (!(olderThan >= 0)) {
      throw new UserException("--older-than " + olderThan + ": 0 days or more");
    }
    ArtifactStore store = environment().store();
    Instant limit = Instant.now().minusMillis((long) (olderThan * MILLIS_PER_DAY));
    List<StoredArtifact> all = StoredArtifact.all(store);
    List<StoredArtifact> unreachable = new ReachableArtifacts(store, keep).unreachable(all, limit);
    unreachable.forEach(artifact -> LOG.info("{}{}", yes ? "" : "would remove ", artifact.uri()));
    if (yes) {
      unreachable.forEach(artifact -> artifact.remove(store));
    }
    long bytes = unreachable.stream().mapToLong(StoredArtifact::bytes).sum();
    String summary = unreachable.size() + " of " + all.size() + " artifacts, " + bytes + " bytes";
    if (unreachable.isEmpty()) {
      return Outcome.unchanged(store.root(), "nothing to remove: " + summary);
    }
    return yes
        ? Outcome.done(store.root(), "removed " + summary)
        : Outcome.unchanged(store.root(), "would remove " + summary + "; --yes does it");
  }
}
