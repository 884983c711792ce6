package dev.propensity.model.metric;

/**
 * Calibration in the large: how far the mean score is from the share of positives.
 *
 * <pre>
 * bias = mean(p − y)    variance(bias) = s²(p − y) / n
 * </pre>
 */
public final class CalibrationBias {
  private CalibrationBias() {}

  /** Mean score − base rate, with its interval. */
  public static Interval of(ScoredRows rows) {
    double sum = 0;
    for (int row = 0; row < rows.rows(); row++) {
      sum += rows.score(row) - (double) rows.label(row);
    }
    double mean = sum / rows.rows();
    double squares = 0;
    for (int row = 0; row < rows.rows(); row++) {
      double deviation = rows.score(row) - (double) rows.label(row) - mean;
      squares += deviation * deviation;
    }
    return Interval.normal(mean, squares / (rows.rows() - 1) / rows.rows());
  }
}
