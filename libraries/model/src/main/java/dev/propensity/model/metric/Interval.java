package dev.propensity.model.metric;

import java.util.Map;

/**
 * An estimate with its 95% confidence interval.
 *
 * @param value the estimate
 * @param low the interval's lower bound
 * @param high the interval's upper bound
 */
public record Interval(double value, double low, double high) {
  /** The 97.5% quantile of the standard normal distribution. */
  static final double NORMAL_QUANTILE = 1.959963984540054;

  /** The interval value ± 1.96 standard errors of a normally distributed estimate. */
  public static Interval normal(double value, double variance) {
    double half = NORMAL_QUANTILE * StrictMath.sqrt(variance);
    return new Interval(value, value - half, value + half);
  }

  /** Adds value and bounds to these metrics: {@code auc}, {@code auc_low} and {@code auc_high}. */
  public void putInto(Map<String, Double> metrics, String name) {
    metrics.put(name, value);
    metrics.put(name + "_low", low);
    metrics.put(name + "_high", high);
  }

  /** The standard error of a normally distributed estimate that has this interval. */
  public double standardError() {
    return (high - low) / (2 * NORMAL_QUANTILE);
  }

  /** The estimate of a multiple, by a factor that is not negative. */
  public Interval times(double factor) {
    return new Interval(value * factor, low * factor, high * factor);
  }
}
