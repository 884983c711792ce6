package dev.propensity.tasks.serve.monitoring;

import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.tracking.MonitoringEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the store had about a dataset when it was read.
 *
 * @param read when; null if it was never read
 * @param releases the last entries of the release ledger, in order
 * @param championSince when the champion became one for the first time, as ISO 8601; null if there
 *     is none
 * @param entries the last entries of the monitoring ledger, in order
 * @param latest the comparison of the latest window; null if there is none
 * @param note one line on why this is not complete or not new; null if it is
 */
record LedgerSnapshot(
    @Nullable Instant read,
    List<ReleaseEvent> releases,
    @Nullable String championSince,
    List<MonitoringEntry> entries,
    @Nullable Monitoring latest,
    @Nullable String note) {
  private static final int MAX_WINDOWS = 90;

  /** Nothing is known. */
  static LedgerSnapshot none(String note) {
    return new LedgerSnapshot(null, List.of(), null, List.of(), null, note);
  }

  /** The same, with why it is not newer. */
  LedgerSnapshot noted(String why) {
    return new LedgerSnapshot(read, releases, championSince, entries, latest, why);
  }

  /** The last 90 monitored windows, the latest first. */
  List<MonitoringEntry> windows() {
    return windows(entries);
  }

  static List<MonitoringEntry> windows(List<MonitoringEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.action() == MonitoringEntry.Action.MONITORED)
        .sorted(
            Comparator.comparing((MonitoringEntry entry) -> end(entry))
                .thenComparing(MonitoringEntry::number)
                .reversed())
        .limit(MAX_WINDOWS)
        .toList();
  }

  /** When the entry's window ends. */
  static Instant end(MonitoringEntry entry) {
    return time(entry).map(TimeWindow::to).orElse(Instant.EPOCH);
  }

  /** The entry's window; empty if it is of a later version of this program. */
  static Optional<TimeWindow> time(MonitoringEntry entry) {
    try {
      return Optional.of(TimeWindow.parse(entry.window()));
    } catch (UserException e) {
      return Optional.empty();
    }
  }

  /**
   * The monitored window of this name.
   *
   * @param version of its model; null for the one that was monitored last
   */
  Optional<MonitoringEntry> window(String name, @Nullable Integer version) {
    return windows().stream()
        .filter(entry -> entry.window().equals(name))
        .filter(entry -> version == null || entry.version() == version)
        .findFirst();
  }
}
