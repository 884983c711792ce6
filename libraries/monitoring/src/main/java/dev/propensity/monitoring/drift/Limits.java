package dev.propensity.monitoring.drift;

import dev.propensity.dataset.specification.MonitorRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The charts of a complete reference, with what each value's limits are computed from.
 *
 * @param volume null if too few windows of the reference have the same weekday or hour
 * @param level the probability that one quiet window is beyond the limits of one chart
 */
record Limits(
    Charts charts,
    Map<ChartKey, ReferenceStatistics> statistics,
    @Nullable Volume volume,
    double level,
    Map<ChartKey, Double> quantiles) {
  // Of a column that another model's windows, or empty ones, leave out.
  private static final int FEWEST_POINTS = History.COMPLETE / 2;
  private static final ChartKey VOLUME = new ChartKey(ChartType.VOLUME, null);

  static Limits of(MonitorRule rule, Comparison comparison, List<WindowCounts> reference) {
    Charts charts = new Charts(comparison);
    Map<ChartKey, ReferenceStatistics> statistics = new LinkedHashMap<>();
    for (ChartKey key : charts.keys(WindowCounts.sum(reference))) {
      List<Point> points =
          reference.stream()
              .map(window -> charts.point(key, window, true))
              .filter(Objects::nonNull)
              .toList();
      if (points.size() >= FEWEST_POINTS) {
        statistics.put(key, ReferenceStatistics.of(points));
      }
    }
    Volume volume = Volume.of(rule.window(), reference);
    if (volume != null) {
      statistics.put(VOLUME, volume.statistics());
    }
    double level = Levels.perWindow(rule) / statistics.size();
    Map<ChartKey, Double> quantiles = new LinkedHashMap<>();
    statistics.forEach(
        (key, one) -> quantiles.put(key, one.quantile(isTwoSided(key.type()) ? level / 2 : level)));
    return new Limits(charts, statistics, volume, level, quantiles);
  }

  /** The chart's value of a window after the reference; null without one. */
  @Nullable Point point(ChartKey key, WindowCounts window) {
    if (key.type() == ChartType.VOLUME) {
      return volume == null ? null : volume.point(window);
    }
    return charts.point(key, window, false);
  }

  /** The chart's average; empty if the window has no value. */
  Optional<Ewma> average(ChartKey key, List<WindowCounts> since, WindowCounts window) {
    Point last = point(key, window);
    ReferenceStatistics reference = statistics.get(key);
    Double quantile = quantiles.get(key);
    if (last == null || reference == null || quantile == null) {
      return Optional.empty();
    }
    List<Point> points =
        Stream.concat(since.stream(), Stream.of(window))
            .map(one -> point(key, one))
            .filter(Objects::nonNull)
            .toList();
    return Optional.of(Ewma.over(reference, points, quantile, isTwoSided(key.type())));
  }

  private static boolean isTwoSided(ChartType type) {
    return type != ChartType.DISTANCE;
  }
}
