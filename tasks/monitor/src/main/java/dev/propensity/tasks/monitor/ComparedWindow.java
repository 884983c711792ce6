package dev.propensity.tasks.monitor;

import dev.propensity.dataset.specification.MonitorRule;
import dev.propensity.model.Baseline;
import dev.propensity.monitoring.drift.BaselineCounts;
import dev.propensity.monitoring.drift.ChartHistory;
import dev.propensity.monitoring.drift.DriftRule;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.drift.Subject;
import dev.propensity.monitoring.drift.WindowCounts;
import dev.propensity.monitoring.profile.Profile;
import java.time.Instant;
import java.util.List;

/**
 * A window that was compared: everything that its report shows.
 *
 * @param reference when the windows of the reference begin, in order
 * @param charts over the windows before
 */
record ComparedWindow(
    Profile profile,
    Baseline baseline,
    Monitoring monitoring,
    List<Instant> reference,
    List<ChartHistory> charts) {

  /**
   * Compares a window with those before it, and with the training rows.
   *
   * @param reference the windows that show how quiet ones vary
   * @param since those after the reference
   * @param accepted whether a person accepted windows of the reference
   * @param groups the scores of the groups of sensitive columns
   */
  static ComparedWindow of(
      MonitorRule rule,
      Profile profile,
      Baseline baseline,
      List<WindowCounts> reference,
      List<WindowCounts> since,
      boolean accepted,
      List<Monitoring.Group> groups) {
    WindowCounts window = WindowCounts.of(profile, baseline);
    DriftRule drift = new DriftRule(rule, BaselineCounts.of(baseline), reference, accepted);
    Subject subject =
        new Subject(
            profile.name(),
            profile.model().hex(),
            profile.window().toString(),
            CaptureNotes.gaps(profile),
            CaptureNotes.warnings(profile));
    return new ComparedWindow(
        profile,
        baseline,
        drift.evaluate(subject, since, window).with(groups),
        reference.stream().map(WindowCounts::start).toList(),
        drift.histories(reference, since, window));
  }
}
