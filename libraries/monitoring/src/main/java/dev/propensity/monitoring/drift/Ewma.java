package dev.propensity.monitoring.drift;

import java.util.List;

/**
 * An exponentially weighted moving average of a chart's values since the reference, and its limits
 * (Roberts, Control chart tests based on geometric moving averages, Technometrics 1, 1959).
 *
 * @param average of the values, at the last window
 * @param low the lower limit
 * @param high the upper limit
 * @param beyond whether the average is beyond a limit
 */
record Ewma(double average, double low, double high, boolean beyond) {
  /** The weight of the newest value. */
  static final double WEIGHT = 0.2;

  /**
   * The average starts at the reference's center, so its variance is that of the values since then:
   * exact for the first windows, for windows of different sizes, and for values that are correlated
   * with the next ones as in a first-order autoregression. The center's own variance is added.
   *
   * <p>Beyond a limit, the average is kept within the limit/(1 − λ). If windows are as before
   * again, each average is then within the limits as soon as the new values do not lie on the
   * alarm's side of the center: after one or two windows, however far the average was.
   *
   * @param points of the windows since the reference, at least one; the last one is decided on
   * @param quantile how many standard deviations the limits are from the center
   * @param below whether values below the center count
   */
  static Ewma over(
      ReferenceStatistics reference, List<Point> points, double quantile, boolean below) {
    double offset = 0;
    double limit = 0;
    boolean beyond = false;
    Spread spread = new Spread(0, 0);
    for (Point point : points) {
      spread = spread.next(reference, point);
      limit = quantile * StrictMath.sqrt(spread.variance() + reference.centerVariance());
      double farthest = limit / (1 - WEIGHT);
      double next = (1 - WEIGHT) * offset + WEIGHT * (point.value() - reference.center());
      offset = Math.max(-farthest, Math.min(farthest, next));
      beyond = offset > limit || below && offset < -limit;
    }
    double center = reference.center();
    return new Ewma(center + offset, center - limit, center + limit, beyond);
  }

  /**
   * The variance of an average of many windows' effects, of variance 1.
   *
   * @param autocorrelation of a window's effect and the next one's
   */
  static double variance(double autocorrelation) {
    double carried = (1 - WEIGHT) * autocorrelation;
    return WEIGHT / (2 - WEIGHT) * (1 + carried) / (1 - carried);
  }

  /**
   * @param variance of the average
   * @param covariance of the average and the last window's effect
   */
  private record Spread(double variance, double covariance) {

    Spread next(ReferenceStatistics reference, Point point) {
      double rest = 1 - WEIGHT;
      double carried = reference.autocorrelation() * covariance;
      double effects = reference.windowVariance();
      return new Spread(
          rest * rest * variance
              + WEIGHT * WEIGHT * (effects + point.variance())
              + 2 * WEIGHT * rest * carried,
          rest * carried + WEIGHT * effects);
    }
  }
}
