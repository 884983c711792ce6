package dev.propensity.model.metric;

/** Two models on the same rows. */
final class PairedRows {
  private PairedRows() {}

  /** What a row adds to a metric that is a mean over the rows. */
  interface RowMetric {
    double of(double score, boolean isPositive);
  }

  /**
   * The mean of the first model's metric − the second's, with its interval by the variance of the
   * rows' differences.
   *
   * @throws IllegalArgumentException if the rows differ
   */
  static Interval difference(ScoredRows first, ScoredRows second, RowMetric metric) {
    if (!first.hasLabelsOf(second)) {
      throw new IllegalArgumentException("two models are compared on different rows");
    }
    double[] differences = new double[first.rows()];
    for (int row = 0; row < differences.length; row++) {
      differences[row] =
          metric.of(first.score(row), first.isPositive(row))
              - metric.of(second.score(row), second.isPositive(row));
    }
    return MeanEstimate.of(differences).interval();
  }
}
