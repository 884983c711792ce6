package dev.propensity.tasks.monitor;

import dev.propensity.artifacts.MonitoringArtifact;
import dev.propensity.artifacts.MonitoringArtifact.Earlier;
import dev.propensity.artifacts.ProfileArtifact;
import dev.propensity.dataset.specification.MonitorRule;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Baseline;
import dev.propensity.monitoring.drift.BaselineCounts;
import dev.propensity.monitoring.drift.DriftRule;
import dev.propensity.monitoring.drift.History;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.drift.Subject;
import dev.propensity.monitoring.drift.Verdict;
import dev.propensity.monitoring.drift.WindowCounts;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.tracking.MonitoringEntry;
import dev.propensity.tracking.MonitoringLedger;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A window among those of its model in the monitoring ledger.
 *
 * @param earlier the windows before it that count: of its model, of its length, since the last
 *     acceptance
 */
record MonitoredWindow(
    ArtifactStore store,
    MonitoringLedger ledger,
    ProfileArtifact artifact,
    Profile profile,
    List<Earlier> earlier) {
  private static final Logger LOG = LoggerFactory.getLogger(MonitoredWindow.class);

  /** Reads the ledger. */
  static MonitoredWindow of(
      ArtifactStore store, MonitorRule rule, ProfileArtifact artifact, Profile profile) {
    MonitoringLedger ledger = new MonitoringLedger(store, profile.name());
    TimeWindow window = profile.window();
    MonitorRule.Window length = window.length().orElse(rule.window());
    List<Earlier> earlier =
        MonitoringLedger.series(ledger.all(), profile.model()).stream()
            .filter(past -> isBefore(TimeWindow.parse(past.entry().window()), window, length))
            .map(past -> earlier(store, past))
            .toList();
    return new MonitoredWindow(store, ledger, artifact, profile, earlier);
  }

  // Windows of another length are of another specification: their counts do not compare.
  private static boolean isBefore(TimeWindow past, TimeWindow window, MonitorRule.Window length) {
    return !past.to().isAfter(window.from()) && past.isOf(length);
  }

  private static Earlier earlier(ArtifactStore store, MonitoringLedger.Window window) {
    MonitoringEntry entry = window.entry();
    return new Earlier(
        ProfileArtifact.require(store, Objects.requireNonNull(entry.profile(), "profile")),
        new History.Past(
            Verdict.parse(Objects.requireNonNull(entry.verdict(), "verdict")),
            window.accepted(),
            entry.referable()));
  }

  /** Compares the window with those before it. */
  Monitoring compare(MonitorRule rule, Profile profile, Baseline baseline) {
    History history = History.of(earlier.stream().map(Earlier::past).toList());
    boolean accepted =
        history.reference().stream().anyMatch(place -> earlier.get(place).past().accepted());
    DriftRule drift =
        new DriftRule(
            rule, BaselineCounts.of(baseline), counts(history.reference(), baseline), accepted);
    return drift.evaluate(
        subject(), counts(history.since(), baseline), WindowCounts.of(profile, baseline));
  }

  private List<WindowCounts> counts(List<Integer> places, Baseline baseline) {
    return places.stream()
        .map(place -> WindowCounts.of(earlier.get(place).profile().profile(), baseline))
        .toList();
  }

  private Subject subject() {
    return new Subject(
        profile.name(),
        profile.model().hex(),
        profile.window().toString(),
        CaptureNotes.gaps(profile),
        CaptureNotes.warnings(profile));
  }

  /**
   * Appends the verdict to the ledger, unless the window has one, or has not ended.
   *
   * @return details of the outcome
   */
  Map<String, String> record(MonitoringArtifact found, String who) {
    Map<String, String> details = new TreeMap<>();
    Monitoring monitoring = found.monitoring();
    if (profile.window().length().isEmpty()) {
      details.put("provisional", "true");
      LOG.info("the window has not ended: the ledger keeps no verdict of it");
      return details;
    }
    Release champion = champion();
    MonitoringEntry entry =
        ledger.append(
            all ->
                MonitoringLedger.of(all, monitoring.window(), profile.model())
                    .orElseGet(
                        () ->
                            MonitoringEntry.monitored(
                                all.size() + 1,
                                ledger.name(),
                                monitoring.window(),
                                champion,
                                artifact.uri(),
                                found.uri(),
                                monitoring.verdict().text(),
                                monitoring.subjects(),
                                monitoring.state().referable(),
                                who)));
    details.put("entry", ledger.location(entry).toString());
    if (!found.uri().equals(entry.monitoring())) {
      LOG.warn(
          "{} has the verdict {} already, of other segments: it stays",
          monitoring.window(),
          entry.verdict());
    }
    return details;
  }

  /** The release of the profile's model. */
  private Release champion() {
    ReleaseLedger releases = new ReleaseLedger(store, profile.name());
    return releases
        .latest()
        .flatMap(state -> release(releases, state.number()))
        .orElseThrow(
            () ->
                new UserException(
                    "the model of "
                        + artifact.uri()
                        + " was never the champion of "
                        + profile.name()
                        + ": its windows have no ledger"));
  }

  private Optional<Release> release(ReleaseLedger releases, int last) {
    for (int number = last; number > 0; number--) {
      Release champion = releases.entry(number).champion();
      if (champion != null && champion.digest().equals(profile.model())) {
        return Optional.of(champion);
      }
    }
    return Optional.empty();
  }
}
