package dev.propensity.monitoring.drift;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Pearson's test whether two samples have one distribution.
 *
 * @param statistic X² of the table of two rows and as many columns as bins
 * @param degrees of freedom: bins − 1; 0 means that nothing can be compared
 */
record Pearson(double statistic, int degrees) {

  static Pearson of(PooledBins bins) {
    double before = Arrays.stream(bins.before()).sum();
    double window = Arrays.stream(bins.window()).sum();
    if (before == 0 || window == 0 || bins.bins() < 2) {
      return new Pearson(0, 0);
    }
    double sum = 0;
    for (int bin = 0; bin < bins.bins(); bin++) {
      double share = (bins.before()[bin] + bins.window()[bin]) / (before + window);
      double difference = bins.window()[bin] - window * share; // the other row's is its negative
      sum += difference * difference / share * (1 / window + 1 / before);
    }
    return new Pearson(sum, bins.bins() - 1);
  }

  /** The probability of a statistic at least as large, if rows are independent. */
  double pValue() {
    return pValue(1);
  }

  /**
   * The same, if windows vary by more than independent rows do.
   *
   * @param overdispersion by which the variance is larger
   */
  double pValue(double overdispersion) {
    return degrees == 0
        ? 1
        : ChiSquaredDistribution.of(degrees).survivalProbability(statistic / overdispersion);
  }

  /**
   * (X²/k)^⅓, which is about normally distributed with mean 1 − 2/(9k) and variance 2/(9k), and
   * still close to normal if windows vary by more than chance (Wilson and Hilferty, The
   * distribution of chi-square, PNAS 17, 1931).
   */
  double distance() {
    return StrictMath.cbrt(statistic / degrees);
  }

  /** The variance of the distance, if rows are independent. */
  double distanceVariance() {
    return 2.0 / (9 * degrees);
  }
}
