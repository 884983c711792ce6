package dev.propensity.model.metric;

/**
 * Cox's calibration slope and intercept (Two further applications of a model for binary regression,
 * Biometrika, 1958): the line of the labels' log-odds on the scores'. With perfect calibration the
 * slope is 1 and the intercept 0. A slope above 1 means scores too near the base rate, below 1 too
 * far from it; an intercept above 0 means scores too low.
 */
public final class CalibrationSlope {
  private static final double SMALLEST = 0x1p-24; // of a score: float32 has no closer one below 1
  private static final int MAX_STEPS = 100;
  private static final double CONVERGED = 1e-10;

  private CalibrationSlope() {}

  /** The line with free slope and intercept, for forecasts: finite where the scores separate. */
  public static LogisticLine line(ScoredRows rows) {
    byte[] labels = new byte[rows.rows()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = (byte) rows.label(row);
    }
    return LogisticLine.fitInside(logOdds(rows), labels);
  }

  /** The slope with its interval, where the intercept is free. */
  public static Interval of(ScoredRows rows) {
    double[] labels = new double[rows.rows()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = rows.label(row);
    }
    LogisticLine line = LogisticLine.fit(logOdds(rows), labels);
    return Interval.normal(line.slope(), line.slopeVariance());
  }

  /** The intercept with its interval, where the slope is 1. */
  public static Interval intercept(ScoredRows rows) {
    double[] logOdds = logOdds(rows);
    double intercept = 0;
    double information = 0;
    double step = Double.POSITIVE_INFINITY;
    for (int i = 0; i < MAX_STEPS && Math.abs(step) > CONVERGED; i++) {
      double gradient = 0;
      information = 0;
      for (int row = 0; row < logOdds.length; row++) {
        double p = Sigmoid.of(logOdds[row] + intercept);
        gradient += rows.label(row) - p;
        information += p * (1 - p);
      }
      step =
          Math.max(
              -1,
              Math.min(1, gradient / information)); // far from the optimum Newton's steps overshoot
      intercept += step;
    }
    return Interval.normal(intercept, 1 / information);
  }

  private static double[] logOdds(ScoredRows rows) {
    double[] logOdds = new double[rows.rows()];
    for (int row = 0; row < logOdds.length; row++) {
      logOdds[row] = logOdds(rows.score(row));
    }
    return logOdds;
  }

  /** The log-odds of a score, which are finite. */
  static double logOdds(float score) {
    return Sigmoid.logOdds(Math.max(SMALLEST, Math.min(1 - SMALLEST, score)));
  }
}
