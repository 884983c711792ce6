package dev.propensity.monitoring.drift;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.Trigamma;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Pearson's test whether two samples have one distribution.
 *
 * @param statistic X² of the table of two rows and as many columns as bins
 * @param degrees of freedom: bins − 1; 0 means that nothing can be compared
 */
record Pearson(double statistic, int degrees) {
  // Smaller ones are equally quiet.
  private static final double SMALLEST = 0.01;

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
   * The same, if all of what windows vary more moves the bins in one direction, as a campaign or a
   * weekday does: X² is then a sum of χ² of k − 1 degrees of freedom and 1 + (φ − 1) k times one of
   * 1, whose mean is φ k, too, but which is large far more often. The first one counts by its mean.
   *
   * @param overdispersion φ
   */
  double pValueOneWay(double overdispersion) {
    if (degrees == 0) {
      return 1;
    }
    double scale = 1 + (overdispersion - 1) * degrees;
    double direction = Math.max(0, statistic - (degrees - 1)) / scale;
    return ChiSquaredDistribution.of(1).survivalProbability(direction);
  }

  /**
   * ln (X²/k), of k degrees of freedom. It is not far from normal if windows vary by chance only,
   * and its upper tail is shorter than a normal one's if one effect of the windows moves all bins.
   */
  double distance() {
    return StrictMath.log(Math.max(SMALLEST, statistic / degrees));
  }

  /** The variance of the distance, if rows are independent: the trigamma function of k/2. */
  double distanceVariance() {
    return Trigamma.value(degrees / 2.0);
  }
}
