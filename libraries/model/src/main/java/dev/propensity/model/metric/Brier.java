package dev.propensity.model.metric;

/**
 * The Brier score, the mean squared error of the scores as probabilities (Brier, Monthly Weather
 * Review 78, 1950, halved as is usual for two classes).
 *
 * <pre>BS = mean((p − y)²)</pre>
 */
public final class Brier {
  private Brier() {}

  /** The score with its 95% interval, by the variance of the rows' squared errors. */
  public static Interval interval(ScoredRows rows) {
    double[] squares = new double[rows.rows()];
    for (int row = 0; row < squares.length; row++) {
      double error = rows.score(row) - (double) rows.label(row);
      squares[row] = error * error;
    }
    return MeanEstimate.of(squares).interval();
  }

  /** The score in [0, 1]; lower is better. */
  public static double of(ScoredRows rows) {
    double sum = 0;
    for (int row = 0; row < rows.rows(); row++) {
      double error = rows.score(row) - (double) rows.label(row);
      sum += error * error;
    }
    return sum / rows.rows();
  }
}
