package dev.propensity.benchmarks.drift;

import dev.propensity.monitoring.drift.BaselineColumn;
import dev.propensity.monitoring.drift.BaselineCounts;
import dev.propensity.monitoring.drift.ColumnCounts;
import dev.propensity.monitoring.drift.WindowCounts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Days of rows whose distribution moves from day to day although nothing is wrong. */
final class SimulatedDays {
  private static final Instant FIRST = Instant.parse("2026-01-05T00:00:00Z");
  private static final double[] WEEKDAYS = {1.2, 1.1, 1.1, 1.1, 1.1, 0.8, 0.6};
  private static final double VOLUME_DEVIATION = 0.05;
  private static final double REJECTED = 0.001;
  // A direction with the effects of more bins is not a quiet day any more.
  private static final int MOST_BINS = 20;

  /** How a day's distribution differs from that of other days. */
  enum Effects {
    /** Not at all: rows are independent. */
    NONE,
    /** Each bin on its own. */
    ISOTROPIC,
    /**
     * All columns along the ranks, in the same direction: the overdispersion is the mean rank's.
     */
    ONE_WAY,
    /** The same, but the overdispersion is that of X²: the mean rank varies by much more. */
    STRONG_ONE_WAY
  }

  private final SplittableRandom random;
  private final int rows;
  private final Effects effects;
  private final double overdispersion;
  private final double autocorrelation;
  private final List<SimulatedColumn> columns;
  private final List<double[]> noise = new ArrayList<>();
  private double common;
  private int day;

  /**
   * Days of one customer's table.
   *
   * @param rows a day on average
   * @param overdispersion by how much the mean of X² is larger than that of independent rows
   * @param autocorrelation of a day's effects and the next day's
   */
  SimulatedDays(
      long seed, int rows, Effects effects, double overdispersion, double autocorrelation) {
    random = new SplittableRandom(seed);
    this.rows = rows;
    this.effects = effects;
    this.overdispersion = overdispersion;
    this.autocorrelation = autocorrelation;
    columns = new ArrayList<>(SimulatedColumn.table(random));
    columns.add(SimulatedColumn.score(random));
    common = random.nextGaussian();
    for (SimulatedColumn column : columns) {
      noise.add(gaussians(column.shares().length + 1));
    }
  }

  BaselineCounts baseline() {
    Map<String, BaselineColumn> all = new TreeMap<>();
    int last = columns.size() - 1;
    columns.subList(0, last).forEach(column -> all.put(column.name(), column.baseline()));
    return new BaselineCounts(all, columns.get(last).baseline().counts().bins());
  }

  SimulatedColumn column(String name) {
    return columns.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  /**
   * The next day.
   *
   * @param changed the shares of columns that are not as usual, by name
   */
  WindowCounts next(Map<String, double[]> changed) {
    double usual = rows * WEEKDAYS[day % WEEKDAYS.length];
    long today = Math.round(usual * Math.exp(VOLUME_DEVIATION * random.nextGaussian()));
    common = following(common);
    Map<String, ColumnCounts> counts = new TreeMap<>();
    for (int i = 0; i < columns.size() - 1; i++) {
      counts.put(columns.get(i).name(), draw(i, changed, today));
    }
    ColumnCounts scores = draw(columns.size() - 1, changed, today);
    long rejected = 0;
    for (int row = 0; row < today; row++) {
      rejected += random.nextDouble() < REJECTED ? 1 : 0;
    }
    return new WindowCounts(
        FIRST.plus(day++, ChronoUnit.DAYS), today, today, rejected, counts, scores.bins());
  }

  private double[] effected(SimulatedColumn column, double[] shares, double[] own) {
    double more = overdispersion - 1;
    switch (effects) {
      case ONE_WAY:
      case STRONG_ONE_WAY:
        double bins = effects == Effects.ONE_WAY ? 1 : Math.min(MOST_BINS, shares.length) - 1;
        return SimulatedColumn.tilted(
            shares, column.ranks(), common * Math.sqrt(more * bins / rows));
      case ISOTROPIC:
        // Log-normal, with mean 1 and the variance that makes that of the share so much larger.
        double[] each = new double[shares.length];
        Arrays.setAll(
            each,
            bin -> {
              double variance = Math.log1p(more * (1 - shares[bin]) / (rows * shares[bin]));
              return own[bin] * Math.sqrt(variance) - variance / 2;
            });
        return SimulatedColumn.tilted(shares, each, 1);
      default:
        return shares;
    }
  }

  private ColumnCounts draw(int place, Map<String, double[]> changed, long today) {
    SimulatedColumn column = columns.get(place);
    double[] own = noise.get(place);
    Arrays.setAll(own, i -> following(own[i]));
    double[] shares = changed.getOrDefault(column.name(), column.shares());
    Sampler sampler = new Sampler(effected(column, shares, own));
    double usual = column.missing();
    double effect = effects != Effects.ISOTROPIC ? common : own[own.length - 1];
    double more = effects == Effects.NONE ? 0 : overdispersion - 1;
    double missing =
        usual == 0 ? 0 : Math.max(0, usual + effect * Math.sqrt(more * usual * (1 - usual) / rows));
    long[] bins = new long[shares.length];
    long empty = 0;
    for (long row = 0; row < today; row++) {
      if (missing > 0 && random.nextDouble() < missing) {
        empty++;
      } else {
        bins[sampler.next(random)]++;
      }
    }
    return new ColumnCounts(bins, empty, 0);
  }

  private double following(double effect) {
    return autocorrelation * effect
        + Math.sqrt(1 - autocorrelation * autocorrelation) * random.nextGaussian();
  }

  private double[] gaussians(int count) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> random.nextGaussian());
    return values;
  }
}
