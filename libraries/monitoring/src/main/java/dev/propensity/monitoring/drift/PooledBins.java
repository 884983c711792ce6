package dev.propensity.monitoring.drift;

import java.util.Arrays;

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
    double[][] pooled = new double[2][order.length];
    int bins = 0;
    int neighbor = 0;
    long[] small = new long[2];
    for (int bin : order) {
      if (before[bin] * scale >= FEWEST) {
        pooled[0][bins] = before[bin];
        pooled[1][bins++] = window[bin];
        continue;
      }
      neighbor = Math.max(0, bins - 1);
      small[0] += before[bin];
      small[1] += window[bin];
      if (small[0] * scale >= FEWEST) {
        pooled[0][bins] = small[0];
        pooled[1][bins++] = small[1];
        small = new long[2];
      }
    }
    pooled[0][neighbor] += small[0];
    pooled[1][neighbor] += small[1];
    bins = Math.max(bins, Math.min(1, order.length));
    return new PooledBins(Arrays.copyOf(pooled[0], bins), Arrays.copyOf(pooled[1], bins));
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  int bins() {
    return before.length;
  }
}
