package dev.propensity.model.metric;

/**
 * A sample's mean and how uncertain it is.
 *
 * @param variance of the mean, by the values' variance with n − 1
 */
public record MeanEstimate(double mean, double variance) {

  /**
   * The mean of these values.
   *
   * @param values at least two
   */
  public static MeanEstimate of(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new MeanEstimate(mean, squares / (values.length - 1) / values.length);
  }

  /** The standard error of the mean. */
  public double standardError() {
    return StrictMath.sqrt(variance);
  }

  /** The mean with its 95% interval, as of a normal distribution. */
  Interval interval() {
    return Interval.normal(mean, variance);
  }
}
