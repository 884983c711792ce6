package dev.propensity.monitoring.drift;

import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How a chart's value varies between the windows of the reference: by the number of rows, and by
 * effects of the windows that are correlated as in a first-order autoregression.
 *
 * @param center the mean
 * @param deviation the standard deviation of one window's value
 * @param windowVariance the part of the variance that comes from the windows' effects
 * @param autocorrelation of a window's effect and the next one's, at least 0
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
  private static final double HIGHEST_AUTOCORRELATION = 0.8;

  /**
   * The statistics without outliers, so that a few bad windows do not widen the limits.
   *
   * @param points at least four, in the order of the windows
   * @param usual the autocorrelation of the effects on all charts of this type, to which its
   *     standard error is added: too low a one would make false alarms; one chart's own is more
   *     uncertain, and counts if it is larger although its standard error is subtracted
   */
  static ReferenceStatistics of(List<Point> points, double usual) {
    return of(Moments.of(points), usual);
  }

  /**
   * The statistics of deviations from several centers.
   *
   * @param values the deviations
   * @param sampling the mean variance of the values, if rows are independent
   * @param centers how many there are
   */
  static ReferenceStatistics ofDeviations(double[] values, double sampling, int centers) {
    return of(Moments.of(values, 0, sampling, centers), 0);
  }

  /** The autocorrelation of the windows' effects on several charts; 0 if there are no effects. */
  static double autocorrelation(List<List<Point>> charts) {
    List<Moments> all = charts.stream().map(Moments::of).filter(m -> m.variance() > 0).toList();
    double correlated = all.stream().mapToDouble(Moments::autocorrelation).sum();
    double effects = all.stream().mapToDouble(Moments::windowShare).sum();
    return effects <= 0 ? 0 : bounded(correlated / effects);
  }

  private static double bounded(double autocorrelation) {
    return Math.max(0, Math.min(HIGHEST_AUTOCORRELATION, autocorrelation));
  }

  private static ReferenceStatistics of(Moments found, double usual) {
    int n = found.count();
    double share = Math.max(0, found.windowShare());
    double error = 1 / StrictMath.sqrt(n);
    double own = share == 0 ? 0 : (found.autocorrelation() - error) / share;
    double r = share == 0 ? 0 : bounded(Math.max(usual + error, own));
    // The variance of a mean of n autocorrelated values is this times that of independent ones; by
    // as much of it the values are too close to their own mean.
    double inflation = (1 + r) / (1 - r);
    double effects = share * found.variance() / (1 - (inflation - 1) / (n - 1));
    double total = effects + found.sampling();
    double part = total == 0 ? 0 : effects / total;
    return new ReferenceStatistics(
        found.center(),
        StrictMath.sqrt(total),
        effects,
        r,
        (effects * inflation + found.sampling()) * found.centers() / n,
        (n - found.centers()) / (1 + 2 * part * part * r * r / (1 - r * r)));
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
