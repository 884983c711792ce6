package dev.propensity.monitoring.drift;

import org.jspecify.annotations.Nullable;

/**
 * How a variable's known values differ between a window and the rows that it is compared with.
 *
 * @param bins of both
 */
record Divergence(PooledBins bins) {
  static final Divergence NONE = new Divergence(new PooledBins(new double[0], new double[0]));

  static Divergence of(@Nullable ColumnCounts before, @Nullable ColumnCounts window, int[] order) {
    return before == null || window == null
        ? NONE
        : new Divergence(PooledBins.of(before.bins(), window.bins(), order));
  }

  /** PSI*. */
  double effect() {
    return Psi.corrected(bins);
  }

  Pearson pearson() {
    return Pearson.of(bins);
  }
}
