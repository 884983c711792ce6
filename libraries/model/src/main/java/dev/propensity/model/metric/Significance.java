package dev.propensity.model.metric;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The p-values of normally distributed statistics, of one test and of several. */
public final class Significance {
  /** Differences with a smaller p-value are significant. */
  public static final double LEVEL = 0.05;

  private static final double HIGHEST = 8; // beyond it p is below 1e-15

  private Significance() {}

  /**
   * The probability that a standard normal variable is as far from 0 as this or farther, by the
   * series of Marsaglia (Evaluating the normal distribution, Journal of Statistical Software 11,
   * 2004), to about 1e-15.
   */
  public static double pValue(double z) {
    double x = Math.abs(z);
    if (x > HIGHEST) {
      return 0;
    }
    double sum = x;
    double term = x;
    for (int i = 3; sum + term != sum || i == 3; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    double density = StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    return Math.max(0, 1 - 2 * density * sum);
  }

  /**
   * Holm's adjustment (A simple sequentially rejective multiple test procedure, Scandinavian
   * Journal of Statistics 6, 1979): each at most 0.05 is significant, with a chance of at most 5%
   * that any of them is wrong. The k-th smallest of m is multiplied by m − k + 1, and is at least
   * the one before.
   */
  public static double[] holm(List<Double> pValues) {
    int tests = pValues.size();
    int[] order =
        IntStream.range(0, tests)
            .boxed()
            .sorted(Comparator.comparing(pValues::get))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[tests];
    double highest = 0;
    for (int k = 0; k < tests; k++) {
      highest = Math.max(highest, Math.min(1, (tests - k) * pValues.get(order[k])));
      adjusted[order[k]] = highest;
    }
    return adjusted;
  }
}
