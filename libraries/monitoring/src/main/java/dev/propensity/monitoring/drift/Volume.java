package dev.propensity.monitoring.drift;

import dev.propensity.dataset.specification.MonitorRule.Window;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The logarithm of the answered rows, as the deviation from the mean of the reference windows of
 * the same weekday; of windows of an hour, from those of the same hour.
 *
 * @param means by weekday or hour
 */
record Volume(Window length, Map<Integer, Double> means, ReferenceStatistics statistics) {
  // Windows by slot must repeat, or nothing is known about their variation.
  private static final int FEWEST_DEGREES = 3;

  /** Null if too few windows of the reference have the same slot. */
  static @Nullable Volume of(Window length, List<WindowCounts> reference) {
    Map<Integer, Double> means =
        reference.stream()
            .collect(
                Collectors.groupingBy(
                    window -> slot(length, window),
                    TreeMap::new,
                    Collectors.averagingDouble(Volume::logarithm)));
    int degrees = reference.size() - means.size();
    if (degrees < FEWEST_DEGREES) {
      return null;
    }
    double[] deviations =
        reference.stream()
            .mapToDouble(
                window -> logarithm(window) - means.getOrDefault(slot(length, window), 0.0))
            .toArray();
    double sampling = reference.stream().mapToDouble(Volume::variance).average().orElseThrow();
    return new Volume(
        length, means, ReferenceStatistics.ofDeviations(deviations, sampling, means.size()));
  }

  /** The window's deviation; null if the reference has no window of its weekday or hour. */
  @Nullable Point point(WindowCounts window) {
    Double mean = means.get(slot(length, window));
    return mean == null ? null : new Point(logarithm(window) - mean, variance(window));
  }

  /** By what factor the window has more answered rows than expected. */
  static double factor(Point deviation) {
    return StrictMath.exp(deviation.value());
  }

  private static double logarithm(WindowCounts window) {
    return StrictMath.log(Math.max(1, window.answered()));
  }

  private static double variance(WindowCounts window) {
    return 1.0 / Math.max(1, window.answered());
  }

  private static int slot(Window length, WindowCounts window) {
    ZonedDateTime start = window.start().atZone(ZoneOffset.UTC);
    return switch (length) {
      case HOUR -> start.getHour();
      case DAY -> start.getDayOfWeek().getValue();
      case WEEK -> 0;
    };
  }
}
