package dev.propensity.tasks.monitor;

import dev.propensity.artifacts.MonitoringArtifact.Earlier;
import dev.propensity.artifacts.ProfileArtifact;
import dev.propensity.dataset.specification.MonitorRule;
import dev.propensity.foundation.Concurrently;
import dev.propensity.model.Baseline;
import dev.propensity.monitoring.drift.History;
import dev.propensity.monitoring.drift.Verdict;
import dev.propensity.monitoring.drift.WindowCounts;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.MonitoringEntry;
import dev.propensity.tracking.MonitoringLedger;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The windows of the monitoring ledger that a window is compared with: before it, of its model and
 * its length, since the last acceptance. However long the ledger is, their number is limited.
 *
 * @param all in order
 */
record EarlierWindows(List<Earlier> all) {

  /**
   * Finds the windows.
   *
   * @param entries of the ledger
   * @param profile of the window
   */
  static EarlierWindows of(
      ArtifactStore store, List<MonitoringEntry> entries, MonitorRule rule, Profile profile) {
    TimeWindow window = profile.window();
    MonitorRule.Window length = window.length().orElse(rule.window());
    List<MonitoringLedger.Window> series =
        MonitoringLedger.series(entries, profile.model()).stream()
            .filter(past -> isBefore(TimeWindow.parse(past.entry().window()), window, length))
            .toList();
    History history = History.of(series.stream().map(EarlierWindows::past).toList());
    TreeSet<Integer> places = new TreeSet<>(history.reference());
    places.addAll(history.since());
    return new EarlierWindows(
        Concurrently.map(
            List.copyOf(places),
            place ->
                new Earlier(
                    ProfileArtifact.require(store, profile(series.get(place).entry())),
                    history.reference().contains(place),
                    history.since().contains(place),
                    series.get(place).accepted())));
  }

  // Windows of another length are of another specification: their counts do not compare.
  private static boolean isBefore(TimeWindow past, TimeWindow window, MonitorRule.Window length) {
    return !past.to().isAfter(window.from()) && past.isOf(length);
  }

  private static History.Past past(MonitoringLedger.Window window) {
    MonitoringEntry entry = window.entry();
    return new History.Past(
        Verdict.parse(Objects.requireNonNull(entry.verdict(), "verdict")),
        window.accepted(),
        entry.referable());
  }

  private static S3Location profile(MonitoringEntry entry) {
    return Objects.requireNonNull(entry.profile(), "profile");
  }

  /** Reads the counts of all. */
  Counts counts(Baseline baseline) {
    List<WindowCounts> counts =
        Concurrently.map(all, earlier -> WindowCounts.of(earlier.profile().profile(), baseline));
    return new Counts(all, counts);
  }

  /** The windows with their counts. */
  record Counts(List<Earlier> all, List<WindowCounts> counts) {
    /** Those that show how quiet windows vary. */
    List<WindowCounts> reference() {
      return where(Earlier::isReference);
    }

    /** Those after the reference. */
    List<WindowCounts> since() {
      return where(Earlier::isSince);
    }

    /** Whether a person accepted windows of the reference. */
    boolean isAccepted() {
      return all.stream().anyMatch(one -> one.isReference() && one.isAccepted());
    }

    private List<WindowCounts> where(Predicate<Earlier> role) {
      return IntStream.range(0, all.size())
          .filter(place -> role.test(all.get(place)))
          .mapToObj(counts::get)
          .toList();
    }
  }
}
