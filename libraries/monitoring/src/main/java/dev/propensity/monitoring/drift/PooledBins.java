package dev.propensity.monitoring.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The counts of two samples in the same bins, of which those that expect few rows are pooled.
 *
 * @param before of the rows that a window is compared with
 * @param window of the window
 */
record PooledBins(double[] before, double[] window) {
  /** With fewer expected rows, the chi-squared distribution is a bad approximation (Cochran). */
  private static final double FEWEST = 5;

  /**
   * Pools bins that expect fewer than five rows of the window with the next such bins, in this
   * order. If those together expect fewer, they join the bin before the last of them.
   *
   * @param order of the bins
   */
  static PooledBins of(long[] before, long[] window, int[] order) {
    double scale = (double) sum(window) / Math.max(1, sum(before));
    List<double[]> pooled = new ArrayList<>();
    double[] small = new double[2];
    int last = -1;
    for (int bin : order) {
      if (before[bin] * scale >= FEWEST) {
        pooled.add(new double[] {before[bin], window[bin]});
        continue;
      }
      small[0] += before[bin];
      small[1] += window[bin];
      last = pooled.size();
      if (small[0] * scale >= FEWEST) {
        pooled.add(small);
        small = new double[2];
      }
    }
    if (small[0] + small[1] > 0) {
      if (pooled.isEmpty()) {
        pooled.add(small);
      } else {
        double[] neighbor = pooled.get(Math.max(0, Math.min(last, pooled.size()) - 1));
        neighbor[0] += small[0];
        neighbor[1] += small[1];
      }
    }
    return new PooledBins(side(pooled, 0), side(pooled, 1));
  }

  private static double[] side(List<double[]> pooled, int side) {
    return pooled.stream().mapToDouble(pair -> pair[side]).toArray();
  }

  private static long sum(long[] counts) {
    return Arrays.stream(counts).sum();
  }

  int bins() {
    return before.length;
  }
}
