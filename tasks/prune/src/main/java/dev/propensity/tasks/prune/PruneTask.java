package dev.propensity.tasks.prune;

import dev.propensity.artifacts.Captures;
import dev.propensity.artifacts.Outcomes;
import dev.propensity.artifacts.RequestCaptures;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.task.Outcome;
import dev.propensity.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes artifacts that are no longer needed. */
@Command(
    name = "prune",
    description = {
      "Lists the artifacts in the store that are no longer needed, and deletes them with --yes."
          + " Needed are the models and evaluations in the last entries of each release ledger, the"
          + " monitored windows of champions, predictions as long as their outcomes are kept, recent"
          + " artifacts, and all their inputs. Files of captured rows and requests are deleted when"
          + " they are older than capture.days, and outcomes when they are older than outcomes.days."
          + " Ledgers and uploaded files are never deleted."
          + " Do not delete artifacts while a run uses older ones."
    })
public final class PruneTask extends Task {
  private static final Logger LOG = LoggerFactory.getLogger(PruneTask.class);
  private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();

  @Option(
      names = "--keep",
      paramLabel = "ENTRIES",
      defaultValue = "10",
      description =
          "Keep the artifacts of this many last entries of each ledger (default:"
              + " ${DEFAULT-VALUE}).")
  private int keep;

  @Option(
      names = "--older-than",
      paramLabel = "DAYS",
      defaultValue = "30",
      description = "Keep artifacts younger than this many days (default: ${DEFAULT-VALUE}).")
  private double olderThan;

  @Option(names = "--yes", description = "Delete the listed artifacts.")
  private boolean yes;

  public static void main(String... arguments) {
    Task.main(new PruneTask(), arguments);
  }

  @Override
  protected Outcome perform() {
    if (keep < 1) {
      throw new UserException(
          "--keep " + keep + ": it must be 1 or more, else the champions would be deleted");
    }
    if (!(olderThan >= 0)) {
      throw new UserException("--older-than " + olderThan + ": it must be 0 or more");
    }
    ArtifactStore store = environment().store();
    Instant limit = Instant.now().minusMillis((long) (olderThan * MILLIS_PER_DAY));
    List<StoredArtifact> all = StoredArtifact.all(store);
    List<StoredArtifact> unreachable = new ReachableArtifacts(store, keep).unreachable(all, limit);
    unreachable.forEach(artifact -> LOG.info("{}{}", yes ? "" : "would delete ", artifact.uri()));
    if (yes) {
      unreachable.forEach(artifact -> artifact.remove(store));
    }
    List<S3Location> expired = new ArrayList<>(Captures.expired(store, Instant.now()));
    expired.addAll(RequestCaptures.expired(store, Instant.now()));
    List<S3Location> outcomes = Outcomes.expired(store, Instant.now());
    if (yes) {
      expired.forEach(store.objects()::delete);
      outcomes.forEach(store.objects()::delete);
    }
    long bytes = unreachable.stream().mapToLong(StoredArtifact::bytes).sum();
    String summary = unreachable.size() + " of " + all.size() + " artifacts, " + bytes + " bytes";
    if (!expired.isEmpty()) {
      summary += "; " + expired.size() + " files of captured rows";
    }
    if (!outcomes.isEmpty()) {
      summary += "; " + outcomes.size() + " batches of outcomes";
    }
    if (unreachable.isEmpty() && expired.isEmpty() && outcomes.isEmpty()) {
      return Outcome.unchanged(store.root(), "nothing to delete: " + summary);
    }
    return yes
        ? Outcome.done(store.root(), "deleted " + summary)
        : Outcome.unchanged(store.root(), "would delete " + summary + "; to delete, add --yes");
  }
}
