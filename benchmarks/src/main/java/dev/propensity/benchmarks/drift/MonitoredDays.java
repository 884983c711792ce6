package dev.propensity.benchmarks.drift;

import dev.propensity.dataset.specification.MonitorRule;
import dev.propensity.monitoring.drift.BaselineCounts;
import dev.propensity.monitoring.drift.DriftRule;
import dev.propensity.monitoring.drift.History;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.drift.Subject;
import dev.propensity.monitoring.drift.WindowCounts;
import java.util.ArrayList;
import java.util.List;

/** Monitors windows in their order, as the task does. */
final class MonitoredDays {
  private static final Subject SUBJECT = new Subject("simulated", "", "", List.of(), List.of());

  private final MonitorRule rule;
  private final BaselineCounts baseline;
  private final List<WindowCounts> windows = new ArrayList<>();
  private final List<History.Past> past = new ArrayList<>();
  private List<Integer> reference = List.of();
  private DriftRule drift;

  MonitoredDays(MonitorRule rule, BaselineCounts baseline) {
    this.rule = rule;
    this.baseline = baseline;
    drift = new DriftRule(rule, baseline, List.of(), false);
  }

  Monitoring add(WindowCounts window) {
    History history = History.of(past);
    if (!history.reference().equals(reference)) {
      reference = history.reference();
      drift = new DriftRule(rule, baseline, of(reference), false);
    }
    Monitoring result = drift.evaluate(SUBJECT, of(history.since()), window);
    windows.add(window);
    past.add(new History.Past(result.verdict(), false, result.state().referable()));
    return result;
  }

  private List<WindowCounts> of(List<Integer> places) {
    return places.stream().map(windows::get).toList();
  }
}
