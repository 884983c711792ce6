package dev.propensity.monitoring.drift;

import dev.propensity.model.metric.MeanEstimate;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How a chart's value varies between the windows of the reference.
 *
 * @param center the mean
 * @param deviation the standard deviation of one window's value
 * @param windowVariance the part of the variance that does not come from the number of rows
 * @param autocorrelation of a window's value and the next one's, at least 0
 * @param centerVariance the variance of the center
 * @param degrees of freedom of the deviation
 */
record ReferenceStatistics(
    double center,
    double deviation,
    double windowVariance,
    double autocorrelation,
    double centerVariance,
    double degrees) {
  private static final int MOST_OUTLIERS = 3;
  private static final double OUTLIER_LEVEL = 0.01;
  private static final double HIGHEST_AUTOCORRELATION = 0.8;

  /**
   * The statistics without outliers, so that a few bad windows do not widen the limits.
   *
   * @param points at least four, in the order of the windows
   */
  static ReferenceStatistics of(List<Point> points) {
    double[] all = points.stream().mapToDouble(Point::value).toArray();
    int[] inliers = ExtremeDeviates.inliers(all, MOST_OUTLIERS, OUTLIER_LEVEL);
    double[] values = Arrays.stream(inliers).mapToDouble(i -> all[i]).toArray();
    double sampling =
        Arrays.stream(inliers).mapToDouble(i -> points.get(i).variance()).average().orElseThrow();
    return of(values, sampling, MeanEstimate.of(values).mean(), values.length - 1, 1);
  }

  /**
   * @param sampling the mean variance of the values, if rows are independent
   * @param degrees of freedom of the deviations from the center
   * @param centers how many centers the values have
   */
  static ReferenceStatistics of(
      double[] values, double sampling, double center, int degrees, int centers) {
    int n = values.length;
    double squares = 0;
    double products = 0;
    for (int i = 0; i < n; i++) {
      squares += (values[i] - center) * (values[i] - center);
      products += i == 0 ? 0 : (values[i] - center) * (values[i - 1] - center);
    }
    double r = autocorrelation(squares == 0 ? 0 : products / squares, n);
    // The variance of a mean of n autocorrelated values is this times that of independent ones;
    // by as much of it the values are too close to their own mean.
    double inflation = (1 + r) / (1 - r);
    double variance = squares / degrees / (1 - (inflation - 1) / (n - 1));
    double total = Math.max(variance, sampling);
    return new ReferenceStatistics(
        center,
        StrictMath.sqrt(total),
        total - sampling,
        r,
        total * inflation * centers / n,
        degrees * (1 - r * r) / (1 + r * r));
  }

  /**
   * The lag-1 autocorrelation of the process, from that of n values around their own mean, which is
   * on average too low by (1 + 4ρ)/n (Marriott and Pope, Bias in the estimation of
   * autocorrelations, Biometrika 41, 1954).
   */
  private static double autocorrelation(double found, int n) {
    double corrected = n > 4 ? (found + 1.0 / n) / (1 - 4.0 / n) : found;
    return Math.max(0, Math.min(HIGHEST_AUTOCORRELATION, corrected));
  }

  /**
   * How many standard deviations the limits are from the center.
   *
   * @param level the probability that a quiet value is beyond, on one side
   */
  double quantile(double level) {
    return TDistribution.of(degrees).inverseSurvivalProbability(level);
  }

  /** How many standard deviations one window's value is from the center. */
  double standardized(Point point) {
    double variance = windowVariance + point.variance() + centerVariance;
    return variance == 0 ? 0 : (point.value() - center) / StrictMath.sqrt(variance);
  }

  /** The probability that a quiet window's value is as far above the center, or farther. */
  double pAbove(Point point) {
    return TDistribution.of(degrees).survivalProbability(standardized(point));
  }

  /** The probability that a quiet window's value is as far from the center, or farther. */
  double pBeyond(Point point) {
    return Math.min(
        1, 2 * TDistribution.of(degrees).survivalProbability(Math.abs(standardized(point))));
  }
}
