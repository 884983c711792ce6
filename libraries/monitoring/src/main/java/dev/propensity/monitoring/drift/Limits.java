package dev.propensity.monitoring.drift;

import dev.propensity.dataset.specification.MonitorRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The charts of a complete reference, with what each value's limits are computed from.
 *
 * @param effects how much the windows of the reference differ from the others
 * @param volume null if too few windows of the reference have the same weekday or hour
 * @param level the probability that one quiet window is beyond the limits of one chart
 */
record Limits(
    Charts charts,
    Map<ChartKey, ReferenceStatistics> statistics,
    Map<Variable, UsualEffect> effects,
    @Nullable Volume volume,
    double level,
    Map<ChartKey, Double> quantiles) {
  // Of a column that another model's windows, or empty ones, leave out.
  private static final int FEWEST_POINTS = History.COMPLETE / 2;
  // A window is compared with the reference's others, as later ones are, but not with those next to
  // it, which are like it if windows are correlated (Burman, Chow and Nolan, A cross-validatory
  // method for dependent data, Biometrika 81, 1994).
  private static final int NEIGHBORS = 3;
  private static final ChartKey VOLUME = new ChartKey(ChartType.VOLUME, null);

  static Limits of(MonitorRule rule, Comparison comparison, List<WindowCounts> reference) {
    Charts charts = new Charts(comparison);
    List<Charts> others = withoutEach(comparison, reference);
    Map<ChartKey, List<Point>> points = new LinkedHashMap<>();
    for (ChartKey key : charts.keys(WindowCounts.sum(reference))) {
      List<Point> all =
          IntStream.range(0, reference.size())
              .mapToObj(i -> others.get(i).point(key, reference.get(i)))
              .filter(Objects::nonNull)
              .toList();
      if (all.size() >= FEWEST_POINTS) {
        points.put(key, all);
      }
    }
    Map<ChartType, List<List<Point>>> byType = new EnumMap<>(ChartType.class);
    points.forEach(
        (key, all) -> byType.computeIfAbsent(key.type(), type -> new ArrayList<>()).add(all));
    Map<ChartType, Double> autocorrelations = new EnumMap<>(ChartType.class);
    byType.forEach(
        (type, all) -> autocorrelations.put(type, ReferenceStatistics.autocorrelation(all)));
    Map<ChartKey, ReferenceStatistics> statistics = new LinkedHashMap<>();
    points.forEach(
        (key, all) ->
            statistics.put(
                key, ReferenceStatistics.of(all, autocorrelations.getOrDefault(key.type(), 0.0))));
    Volume volume = Volume.of(rule.window(), reference);
    if (volume != null) {
      statistics.put(VOLUME, volume.statistics());
    }
    double level = Levels.perWindow(rule) / statistics.size();
    Map<ChartKey, Double> quantiles = new LinkedHashMap<>();
    statistics.forEach(
        (key, one) -> quantiles.put(key, one.quantile(isTwoSided(key.type()) ? level / 2 : level)));
    return new Limits(charts, statistics, effects(others, reference), volume, level, quantiles);
  }

  private static Map<Variable, UsualEffect> effects(
      List<Charts> others, List<WindowCounts> reference) {
    Map<Variable, UsualEffect> effects = new HashMap<>();
    for (Variable variable : others.get(0).comparison().bins().keySet()) {
      double[] all =
          IntStream.range(0, reference.size())
              .filter(i -> variable.in(reference.get(i)) != null)
              .mapToDouble(
                  i -> others.get(i).comparison().divergence(variable, reference.get(i)).effect())
              .toArray();
      if (all.length >= FEWEST_POINTS) {
        effects.put(variable, UsualEffect.of(all));
      }
    }
    return effects;
  }

  /** For each window of the reference, the charts that compare it with the others. */
  static List<Charts> withoutEach(Comparison comparison, List<WindowCounts> reference) {
    List<Charts> others = new ArrayList<>();
    for (int i = 0; i < reference.size(); i++) {
      int to = Math.min(reference.size(), i + NEIGHBORS + 1);
      List<WindowCounts> near = reference.subList(Math.max(0, i - NEIGHBORS), to);
      others.add(new Charts(comparison.without(near)));
    }
    return others;
  }

  /** The chart's value of a window after the reference; null without one. */
  @Nullable Point point(ChartKey key, WindowCounts window) {
    if (key.type() == ChartType.VOLUME) {
      return volume == null ? null : volume.point(window);
    }
    return charts.point(key, window);
  }

  /** The chart's average; empty if the window has no value. */
  Optional<Ewma> average(ChartKey key, List<WindowCounts> since, WindowCounts window) {
    if (point(key, window) == null || !statistics.containsKey(key)) {
      return Optional.empty();
    }
    List<Point> points =
        Stream.concat(since.stream(), Stream.of(window))
            .map(one -> point(key, one))
            .filter(Objects::nonNull)
            .toList();
    return Optional.of(average(key, points));
  }

  /**
   * The average of a chart with limits.
   *
   * @param points of the windows since the reference, at least one
   */
  Ewma average(ChartKey key, List<Point> points) {
    ReferenceStatistics reference = Objects.requireNonNull(statistics.get(key));
    double quantile = Objects.requireNonNull(quantiles.get(key));
    return Ewma.over(reference, points, quantile, isTwoSided(key.type()));
  }

  /**
   * PSI* of the averaged shares of the variable's bins since the reference, which windows that
   * differ in different ways do not have.
   */
  double averagedEffect(Variable variable, List<WindowCounts> since, WindowCounts window) {
    Comparison comparison = charts.comparison();
    long[] before = comparison.before(variable).bins();
    double[] shares = Arrays.stream(before).mapToDouble(count -> count).toArray();
    scale(shares, 1);
    double rows = 0;
    for (WindowCounts one : Stream.concat(since.stream(), Stream.of(window)).toList()) {
      ColumnCounts counts = variable.in(one);
      long known = counts == null ? 0 : counts.known();
      if (counts != null && known > 0) {
        rows = known;
        Arrays.setAll(
            shares,
            bin -> shares[bin] + Ewma.WEIGHT * ((double) counts.bins()[bin] / known - shares[bin]));
      }
    }
    // The variance of an average is that of so many rows.
    scale(shares, rows * (2 - Ewma.WEIGHT) / Ewma.WEIGHT);
    long[] averaged = Arrays.stream(shares).mapToLong(StrictMath::round).toArray();
    return Psi.corrected(PooledBins.of(before, averaged, comparison.bins(variable).order()));
  }

  /** The PSI* that quiet windows exceed with a probability of the level. */
  double usualEffect(Variable variable, double level) {
    return usualEffect(variable, level, 1);
  }

  /** The same of {@link #averagedEffect}, for the level of all charts together. */
  double usualAveragedEffect(Variable variable) {
    ReferenceStatistics ranks = statistics.get(new ChartKey(ChartType.MEAN_RANK, variable));
    double variance = ranks == null ? 1 : Ewma.variance(ranks.autocorrelation());
    return usualEffect(variable, level * statistics.size(), variance);
  }

  private double usualEffect(Variable variable, double probability, double variance) {
    UsualEffect usual = effects.get(variable);
    ReferenceStatistics ranks = statistics.get(new ChartKey(ChartType.MEAN_RANK, variable));
    if (usual == null || ranks == null || ranks.windowVariance() == 0) {
      return 0;
    }
    double center = ranks.centerVariance() / ranks.windowVariance();
    return usual.exceeded(probability, variance + center, ranks.degrees());
  }

  private static void scale(double[] values, double sum) {
    double now = Arrays.stream(values).sum();
    Arrays.setAll(values, i -> now == 0 ? 0 : values[i] * sum / now);
  }

  private static boolean isTwoSided(ChartType type) {
    return type != ChartType.DISTANCE;
  }
}
