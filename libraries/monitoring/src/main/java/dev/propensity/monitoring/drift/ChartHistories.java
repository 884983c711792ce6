package dev.propensity.monitoring.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Computes the values of charts in the windows before, for a report. */
final class ChartHistories {
  private ChartHistories() {}

  /**
   * The histories of all charts with limits.
   *
   * @param reference the windows that the limits are computed from
   * @param since the windows after them, the last one decided on
   */
  static List<ChartHistory> withLimits(
      Limits limits, List<WindowCounts> reference, List<WindowCounts> since) {
    List<Charts> others = Limits.withoutEach(limits.charts().comparison(), reference);
    return limits.statistics().keySet().stream()
        .map(key -> withLimits(limits, key, others, reference, since))
        .toList();
  }

  private static ChartHistory withLimits(
      Limits limits,
      ChartKey key,
      List<Charts> others,
      List<WindowCounts> reference,
      List<WindowCounts> since) {
    List<ChartHistory.Value> values = new ArrayList<>();
    for (int i = 0; i < reference.size(); i++) {
      WindowCounts window = reference.get(i);
      Point point =
          key.type() == ChartType.VOLUME
              ? limits.point(key, window)
              : others.get(i).point(key, window);
      add(values, window, true, point, null);
    }
    List<Point> points = new ArrayList<>();
    for (WindowCounts window : since) {
      Point point = limits.point(key, window);
      if (point != null) {
        points.add(point);
        Ewma ewma = limits.average(key, points);
        Double low = key.type() == ChartType.DISTANCE ? null : ewma.low();
        ChartHistory.Average average =
            new ChartHistory.Average(ewma.average(), low, ewma.high(), ewma.beyond());
        add(values, window, false, point, average);
      }
    }
    double center = Objects.requireNonNull(limits.statistics().get(key)).center();
    return history(key, center, values);
  }

  /** The histories of the columns and the score until there are limits. */
  static List<ChartHistory> withoutLimits(
      Comparison comparison, List<WindowCounts> before, WindowCounts last) {
    Charts charts = new Charts(comparison);
    List<ChartHistory> histories = new ArrayList<>();
    for (ChartKey key : charts.keys(last)) {
      // Until there is a reference, how far windows are from the training rows is no chart.
      if (key.variable() != null && key.type() != ChartType.DISTANCE) {
        List<ChartHistory.Value> values = new ArrayList<>();
        Stream.concat(before.stream(), Stream.of(last))
            .forEach(window -> add(values, window, false, charts.point(key, window), null));
        histories.add(history(key, null, values));
      }
    }
    return histories;
  }

  private static void add(
      List<ChartHistory.Value> values,
      WindowCounts window,
      boolean isReference,
      @Nullable Point point,
      ChartHistory.@Nullable Average average) {
    if (point != null) {
      values.add(new ChartHistory.Value(window.start(), isReference, point.value(), average));
    }
  }

  private static ChartHistory history(
      ChartKey key, @Nullable Double center, List<ChartHistory.Value> values) {
    return new ChartHistory(key.type(), key.column(), key.kind(), center, List.copyOf(values));
  }
}
