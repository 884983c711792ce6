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
    return new MeanEstimate(mean(values), sampleVariance(values) / values.length);
  }

  /**
   * The variance of one value, with n − 1.
   *
   * @param values at least two
   */
  public static double sampleVariance(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return squares / (values.length - 1);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The standard error of the mean. */
  public double standardError() {
    return StrictMath.sqrt(variance);
  }

  /** The p-value of the mean's difference from 0, by a two-sided z-test; 1 for a mean of 0. */
  double pValue() {
    return mean == 0 ? 1 : Significance.pValue(mean / standardError());
  }

  /** The mean with its 95% interval, as of a normal distribution. */
  public Interval interval() {
    return Interval.normal(mean, variance);
  }
}
