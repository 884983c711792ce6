package dev.propensity.monitoring.drift;

import dev.propensity.model.metric.MeanEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Finds outliers by the generalized extreme Studentized deviate test (Rosner, Percentage points for
 * a generalized ESD many-outlier procedure, Technometrics 25, 1983), which finds several even if
 * they hide each other.
 */
final class ExtremeDeviates {
  private ExtremeDeviates() {}

  /**
   * Which values are not outliers.
   *
   * @param most outliers that are searched for
   * @param level of the test: the probability that any is found among normally distributed values
   * @return the indices of the other values, rising
   */
  static int[] inliers(double[] values, int most, double level) {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      left.add(i);
    }
    List<Integer> removed = new ArrayList<>();
    int outliers = 0;
    for (int i = 1; i <= most && left.size() > 2; i++) {
      double[] rest = left.stream().mapToDouble(index -> values[index]).toArray();
      double deviation = StrictMath.sqrt(MeanEstimate.sampleVariance(rest));
      if (deviation == 0) {
        break;
      }
      double mean = MeanEstimate.of(rest).mean();
      int farthest = left.get(0);
      for (int index : left) {
        if (Math.abs(values[index] - mean) > Math.abs(values[farthest] - mean)) {
          farthest = index;
        }
      }
      left.remove(Integer.valueOf(farthest));
      removed.add(farthest);
      if (Math.abs(values[farthest] - mean) / deviation > critical(rest.length, level)) {
        outliers = i;
      }
    }
    List<Integer> found = removed.subList(0, outliers);
    return IntStream.range(0, values.length).filter(i -> !found.contains(i)).toArray();
  }

  // λ = (k − 1) t / √((k − 2 + t²) k) for the largest of the k values that are left, with the
  // t quantile of k − 2 degrees of freedom at level / (2k).
  private static double critical(int k, double level) {
    double t = TDistribution.of(k - 2).inverseSurvivalProbability(level / (2 * k));
    return (k - 1) * t / StrictMath.sqrt((k - 2 + t * t) * k);
  }
}
