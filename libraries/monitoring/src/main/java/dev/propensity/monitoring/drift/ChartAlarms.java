package dev.propensity.monitoring.drift;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The charts at a window, and which of them are alarms. */
final class ChartAlarms {
  private ChartAlarms() {}

  static List<Monitoring.Chart> charts(
      Limits limits, List<WindowCounts> since, WindowCounts window, List<Difference> differences) {
    Map<Variable, Difference> byVariable = new HashMap<>();
    differences.forEach(one -> byVariable.put(one.variable(), one));
    List<Monitoring.Chart> charts = new ArrayList<>();
    limits
        .statistics()
        .forEach(
            (key, reference) -> {
              Point point = limits.point(key, window);
              limits
                  .average(key, since, window)
                  .ifPresent(
                      ewma -> {
                        if (point != null) {
                          double effect = effect(key, point, reference, byVariable);
                          boolean isAlarm =
                              ewma.beyond()
                                  && isLarge(key.type(), effect, window)
                                  && isLasting(key, limits, since, window);
                          charts.add(chart(key, point, reference, ewma, effect, isAlarm));
                        }
                      });
            });
    return charts;
  }

  private static double effect(
      ChartKey key,
      Point point,
      ReferenceStatistics reference,
      Map<Variable, Difference> differences) {
    Difference difference = key.variable() == null ? null : differences.get(key.variable());
    return switch (key.type()) {
      case MEAN_RANK, DISTANCE -> difference == null ? 0 : difference.effect();
      case MISSING, UNSEEN, REJECTED -> point.value() - reference.center();
      case VOLUME -> Volume.factor(point);
    };
  }

  private static boolean isLarge(ChartType type, double effect, WindowCounts window) {
    return switch (type) {
      case MEAN_RANK, DISTANCE -> effect >= Levels.EFFECT;
      case MISSING, UNSEEN, REJECTED -> Math.abs(effect) >= Levels.share(window.rows(), 1);
      case VOLUME -> Math.max(effect, 1 / effect) >= Levels.VOLUME;
    };
  }

  // Distances have no direction: they are also large if windows differ from each other. The average
  // of the windows must have changed, by more than that of usual ones does.
  private static boolean isLasting(
      ChartKey key, Limits limits, List<WindowCounts> since, WindowCounts window) {
    Variable variable = key.variable();
    return key.type() != ChartType.DISTANCE
        || variable == null
        || limits.averagedEffect(variable, since, window)
            >= Math.max(Levels.EFFECT, limits.usualAveragedEffect(variable));
  }

  private static Monitoring.Chart chart(
      ChartKey key,
      Point point,
      ReferenceStatistics reference,
      Ewma ewma,
      double effect,
      boolean isAlarm) {
    return new Monitoring.Chart(
        key.type(),
        key.column(),
        key.kind(),
        point.value(),
        ewma.average(),
        reference.center(),
        reference.deviation(),
        ewma.low(),
        ewma.high(),
        ewma.beyond(),
        effect,
        isAlarm);
  }

  /** One reason for each chart with an alarm; of a variable's distribution, one for both charts. */
  static List<Reason> reasons(List<Monitoring.Chart> charts) {
    List<Reason> reasons = new ArrayList<>();
    Set<String> ranks = new HashSet<>();
    for (Monitoring.Chart chart : charts) {
      String subject = subject(chart);
      boolean isRepeated =
          chart.chart() == ChartType.DISTANCE && ranks.contains(chart.kind() + subject);
      if (!chart.alarm() || isRepeated) {
        continue;
      }
      if (chart.chart() == ChartType.MEAN_RANK) {
        ranks.add(chart.kind() + subject);
      }
      double size =
          chart.chart() == ChartType.VOLUME
              ? Math.abs(StrictMath.log(chart.effect()))
              : Math.abs(chart.effect());
      String text = ReasonText.beyond(subject, chart);
      reasons.add(new Reason(Reason.Level.ALARM, chart.kind(), subject, size, text));
    }
    return reasons;
  }

  private static String subject(Monitoring.Chart chart) {
    return switch (chart.kind()) {
      case REJECTED, VOLUME -> chart.chart().text();
      default -> chart.column() == null ? "score" : chart.column();
    };
  }
}
