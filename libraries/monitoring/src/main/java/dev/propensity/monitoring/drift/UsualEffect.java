package dev.propensity.monitoring.drift;

import dev.propensity.model.metric.MeanEstimate;
import org.apache.commons.statistics.distribution.FDistribution;

/**
 * How much quiet windows differ: their PSI* is about the mean of so many squared normal variables,
 * one for each direction in which windows vary on their own (Satterthwaite, An approximate
 * distribution of estimates of variance components, Biometrics Bulletin 2, 1946). If a campaign or
 * the weekday moves all bins at once, there is one, and PSI* is often far above its mean.
 *
 * @param mean of PSI* between a window of the reference and the others
 * @param directions at least 1
 */
record UsualEffect(double mean, double directions) {

  /**
   * @param effects of the windows of the reference, at least two
   */
  static UsualEffect of(double[] effects) {
    double mean = MeanEstimate.of(effects).mean();
    double variance = MeanEstimate.sampleVariance(effects);
    return new UsualEffect(mean, variance == 0 ? 1 : Math.max(1, 2 * mean * mean / variance));
  }

  /**
   * The effect that is exceeded with this probability.
   *
   * @param variance of what is compared, where that of one window is 1
   * @param degrees of freedom of the reference
   */
  double exceeded(double probability, double variance, double degrees) {
    FDistribution distribution = FDistribution.of(directions, degrees);
    return mean * variance * distribution.inverseSurvivalProbability(probability);
  }
}
