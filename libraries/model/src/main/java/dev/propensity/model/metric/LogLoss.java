package dev.propensity.model.metric;

/**
 * Logarithmic loss, the mean negative log-likelihood of the labels, in nats.
 *
 * <pre>LL = −mean(y ln p + (1 − y) ln(1 − p))    with p cut to [ε, 1 − ε], ε = 2⁻⁵²</pre>
 */
public final class LogLoss {
  private static final double SMALLEST = Math.ulp(1.0);

  private LogLoss() {}

  /** The loss, from 0 up; lower is better. */
  public static double of(ScoredRows rows) {
    double sum = 0;
    for (int row = 0; row < rows.rows(); row++) {
      sum += of(rows.score(row), rows.isPositive(row));
    }
    return sum / rows.rows();
  }

  /** The loss with its 95% interval, by the variance of the rows' losses. */
  public static Interval interval(ScoredRows rows) {
    double[] losses = new double[rows.rows()];
    for (int row = 0; row < losses.length; row++) {
      losses[row] = of(rows.score(row), rows.isPositive(row));
    }
    return MeanEstimate.of(losses).interval();
  }

  /**
   * The first model's loss − the second's on the same rows, with its interval by the variance of
   * the rows' differences.
   *
   * @throws IllegalArgumentException if the rows differ
   */
  public static Interval difference(ScoredRows first, ScoredRows second) {
    return PairedRows.difference(first, second, LogLoss::of);
  }

  /** The loss of one row. */
  public static double of(double score, boolean isPositive) {
    double likelihood = isPositive ? score : 1 - score;
    return -StrictMath.log(Math.min(Math.max(likelihood, SMALLEST), 1 - SMALLEST));
  }
}
