package dev.propensity.model.calibration;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A rising line through the log-odds of groups of rows: isotonic regression by pooling adjacent
 * violators (Zadrozny and Elkan, <a href="https://doi.org/10.1145/775047.775151">Transforming
 * classifier scores</a>, 2002), drawn through the middles of its steps, so that different margins
 * keep different scores.
 *
 * @param margins of the points, rising
 * @param logOdds of the points, rising
 * @param slope before the first point and behind the last one, above 0
 */
public record IsotonicCalibration(
    double[] margins, @JsonProperty("log_odds") double[] logOdds, double slope)
    implements Calibrator {

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

    /** One row more, of which the base rate is positive, keeps it between 0 and 1. */
    double rate(double baseRate) {
      return (positives + baseRate) / (rows + 1);
    }
  }

  /**
   * Fits it.
   *
   * @param rows at least one positive and one negative
   */
  static IsotonicCalibration fit(MarginRows rows) {
    MarginRows sorted = rows.sorted();
    double baseRate = (double) rows.positives() / rows.size();
    List<Pool> pools = new ArrayList<>();
    for (int row = 0; row < sorted.size(); ) {
      Pool pool = new Pool(0, 0, 0);
      float margin = sorted.margin(row);
      for (; row < sorted.size() && sorted.margin(row) == margin; row++) {
        pool = pool.and(new Pool(margin, 1, sorted.isPositive(row) ? 1 : 0));
      }
      while (!pools.isEmpty()
          && pools.get(pools.size() - 1).rate(baseRate) >= pool.rate(baseRate)) {
        pool = pools.remove(pools.size() - 1).and(pool);
      }
      pools.add(pool);
    }
    double[] margins = pools.stream().mapToDouble(Pool::margin).toArray();
    double[] logOdds =
        pools.stream()
            .mapToDouble(pool -> pool.rate(baseRate))
            .map(rate -> StrictMath.log(rate / (1 - rate)))
            .toArray();
    return new IsotonicCalibration(margins, logOdds, PlattScaling.fit(rows).slope());
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
