package dev.propensity.model.calibration;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.propensity.model.metric.Sigmoid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * A rising line through the log-odds of groups of rows: isotonic regression by pooling adjacent
 * violators (Zadrozny and Elkan, <a href="https://doi.org/10.1145/775047.775151">Transforming
 * classifier scores</a>, 2002), interpolated linearly between the centers of its steps, so that
 * different margins keep different scores.
 *
 * @param margins of the points, rising
 * @param logOdds of the points, rising
 * @param slope before the first point and behind the last one, above 0
 * @throws IllegalArgumentException if there are fewer than two points, or they do not rise
 */
public record IsotonicCalibration(
    double[] margins, @JsonProperty("log_odds") double[] logOdds, double slope)
    implements Calibrator {
  public IsotonicCalibration {
    boolean rises = margins.length == logOdds.length && margins.length > 1 && slope > 0;
    for (int point = 1; rises && point < margins.length; point++) {
      rises = margins[point] > margins[point - 1] && logOdds[point] > logOdds[point - 1];
    }
    if (!rises) {
      throw new IllegalArgumentException("a calibrator must rise from point to point");
    }
  }

  @Override
  public float calibrate(float margin) {
    int last = margins.length - 1;
    if (margin <= margins[0]) {
      return (float) (logOdds[0] + slope * (margin - margins[0]));
    }
    if (margin >= margins[last]) {
      return (float) (logOdds[last] + slope * (margin - margins[last]));
    }
    int at = Arrays.binarySearch(margins, margin);
    int left = at >= 0 ? at : -at - 2;
    double share = (margin - margins[left]) / (margins[left + 1] - margins[left]);
    return (float) (logOdds[left] + (logOdds[left + 1] - logOdds[left]) * share);
  }

  @Override
  public String name() {
    return "isotonic";
  }

  /** Rows of neighboring margins. */
  private record Pool(double margins, long rows, long positives) {
    Pool and(Pool other) {
      return new Pool(margins + other.margins, rows + other.rows, positives + other.positives);
    }

    double margin() {
      return margins / rows;
    }

    boolean hasAtLeastTheRateOf(Pool other) {
      return positives * other.rows >= other.positives * rows;
    }

    /** One row more, of which the base rate is positive, keeps it between 0 and 1. */
    double logOdds(double baseRate) {
      return Sigmoid.logOdds((positives + baseRate) / (rows + 1));
    }
  }

  /**
   * Fits it; empty if the margins rank the rows no better than chance.
   *
   * @param rows at least one positive and one negative
   */
  static Optional<IsotonicCalibration> fit(MarginRows rows) {
    List<Pool> steps = pooled(byMargin(rows.sorted()), Pool::hasAtLeastTheRateOf);
    double baseRate = (double) rows.positives() / rows.size();
    // Smoothing may turn neighbors of different sizes around.
    List<Pool> points =
        pooled(steps, (pool, next) -> pool.logOdds(baseRate) >= next.logOdds(baseRate));
    Optional<PlattScaling> line = PlattScaling.fit(rows);
    if (points.size() < 2 || line.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new IsotonicCalibration(
            points.stream().mapToDouble(Pool::margin).toArray(),
            points.stream().mapToDouble(pool -> pool.logOdds(baseRate)).toArray(),
            line.get().slope()));
  }

  /** A pool for each margin. */
  private static List<Pool> byMargin(MarginRows sorted) {
    List<Pool> pools = new ArrayList<>();
    for (int row = 0; row < sorted.size(); ) {
      float margin = sorted.margin(row);
      Pool pool = new Pool(0, 0, 0);
      for (; row < sorted.size() && sorted.margin(row) == margin; row++) {
        pool = pool.and(new Pool(margin, 1, sorted.isPositive(row) ? 1 : 0));
      }
      pools.add(pool);
    }
    return pools;
  }

  /** Joins neighbors until none violates the order. */
  private static List<Pool> pooled(List<Pool> pools, BiPredicate<Pool, Pool> violates) {
    List<Pool> joined = new ArrayList<>();
    for (Pool next : pools) {
      Pool pool = next;
      while (!joined.isEmpty() && violates.test(joined.get(joined.size() - 1), pool)) {
        pool = joined.remove(joined.size() - 1).and(pool);
      }
      joined.add(pool);
    }
    return joined;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IsotonicCalibration that
        && Arrays.equals(margins, that.margins)
        && Arrays.equals(logOdds, that.logOdds)
        && slope == that.slope;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(margins);
  }

  @Override
  public String toString() {
    return "isotonic calibration of " + margins.length + " points";
  }
}
