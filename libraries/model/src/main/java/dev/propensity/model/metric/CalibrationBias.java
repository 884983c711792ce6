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
    double[] errors = new double[rows.rows()];
    for (int row = 0; row < errors.length; row++) {
      errors[row] = rows.score(row) - (double) rows.label(row);
    }
    return MeanEstimate.of(errors).interval();
  }
}
