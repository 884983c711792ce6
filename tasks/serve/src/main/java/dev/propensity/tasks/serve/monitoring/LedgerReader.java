package dev.propensity.tasks.serve.monitoring;

import dev.propensity.artifacts.MonitoringArtifact;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.FileEntry;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.MonitoringEntry;
import dev.propensity.tracking.MonitoringLedger;
import dev.propensity.tracking.ReleaseLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a dataset's ledgers and the comparison of the latest window. Entries never change, so that
 * each is read once: two listings tell whether there are newer ones. Used by one thread at a time.
 */
final class LedgerReader {
  private static final int MAX_RELEASES = 50;
  private static final int MAX_ENTRIES = 200;
  private static final long MAX_BYTES = 4 << 20;

  private final Supplier<ArtifactStore> store;
  private final String name;
  private final ChampionTimes champions = new ChampionTimes();
  private List<ReleaseEvent> releases = List.of();
  private List<MonitoringEntry> entries = List.of();
  private @Nullable S3Location read; // the comparison's location
  private @Nullable Monitoring latest;

  /**
   * @param store connected at first use
   * @param name the dataset's name with its origin
   */
  LedgerReader(Supplier<ArtifactStore> store, String name) {
    this.store = store;
    this.name = name;
  }

  ArtifactStore store() {
    return store.get();
  }

  /**
   * Reads what is new.
   *
   * @throws UserException if a document is damaged or access is denied
   */
  LedgerSnapshot read() {
    ReleaseLedger released = new ReleaseLedger(store.get(), name);
    // The first time all: the champion may have been released long ago.
    List<ReleaseEvent> newer =
        released.after(releases.isEmpty() ? 0 : last(releases).number()).stream()
            .map(ReleaseEvent::of)
            .toList();
    champions.add(newer);
    releases = last(releases, newer, MAX_RELEASES);
    MonitoringLedger monitored = new MonitoringLedger(store.get(), name);
    entries =
        last(
            entries,
            entries.isEmpty()
                ? monitored.last(MAX_ENTRIES)
                : monitored.after(last(entries).number()),
            MAX_ENTRIES);
    List<MonitoringEntry> windows = LedgerSnapshot.windows(entries);
    String note = windows.isEmpty() ? null : compared(windows.get(0));
    return new LedgerSnapshot(
        Instant.now(), releases, champions.champion(releases), entries, latest, note);
  }

  /** Reads the window's comparison. Returns one line if it cannot be shown, else null. */
  private @Nullable String compared(MonitoringEntry window) {
    S3Location uri = Objects.requireNonNull(window.monitoring(), "monitoring");
    if (uri.equals(read)) {
      return null;
    }
    latest = null;
    try {
      MonitoringArtifact artifact = MonitoringArtifact.require(store.get(), uri);
      FileEntry file = artifact.artifact().manifest().files().get(Monitoring.FILE);
      if (file != null && file.bytes() > MAX_BYTES) {
        return "the comparison of "
            + window.window()
            + " is too large for this page: see its report";
      }
      latest = artifact.monitoring();
      read = uri;
      return null;
    } catch (UserException e) {
      return "the comparison of " + window.window() + " cannot be read: " + e.getMessage();
    }
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  private static <T> List<T> last(List<T> old, List<T> newer, int most) {
    if (newer.isEmpty()) {
      return old;
    }
    List<T> all = new ArrayList<>(old);
    all.addAll(newer);
    return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
  }
}
