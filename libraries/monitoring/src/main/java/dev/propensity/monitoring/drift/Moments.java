package dev.propensity.monitoring.drift;

import dev.propensity.model.metric.MeanEstimate;
import java.util.Arrays;
import java.util.List;

/**
 * The moments of a chart's values of several windows.
 *
 * @param variance with one degree of freedom less for each center
 * @param autocorrelation of a value and the next one
 * @param sampling the mean variance of the values, if rows are independent
 * @param centers from how many centers the values deviate
 */
record Moments(
    int count,
    double center,
    double variance,
    double autocorrelation,
    double sampling,
    int centers) {
  private static final int MOST_OUTLIERS = 3;
  private static final double OUTLIER_LEVEL = 0.01;

  /** The moments without outliers. */
  static Moments of(List<Point> points) {
    double[] all = points.stream().mapToDouble(Point::value).toArray();
    double[] values =
        Arrays.stream(ExtremeDeviates.inliers(all, MOST_OUTLIERS, OUTLIER_LEVEL))
            .mapToDouble(i -> all[i])
            .toArray();
    double sampling = points.stream().mapToDouble(Point::variance).average().orElseThrow();
    return of(values, MeanEstimate.of(values).mean(), sampling, 1);
  }

  static Moments of(double[] values, double center, double sampling, int centers) {
    int n = values.length;
    double squares = 0;
    double products = 0;
    for (int i = 0; i < n; i++) {
      squares += (values[i] - center) * (values[i] - center);
      products += i == 0 ? 0 : (values[i] - center) * (values[i - 1] - center);
    }
    // That of n values around their own mean is on average too low by (1 + 4ρ)/n (Marriott and
    // Pope, Bias in the estimation of autocorrelations, Biometrika 41, 1954).
    double correlation = squares == 0 ? 0 : (products / squares + 1.0 / n) / (1 - 4.0 / n);
    return new Moments(n, center, squares / (n - centers), correlation, sampling, centers);
  }

  /** The share of the variance that does not come from the number of rows; at most 1. */
  double windowShare() {
    return variance == 0 ? 0 : 1 - sampling / variance;
  }
}
