package dev.propensity.monitoring.drift;

import org.jspecify.annotations.Nullable;

/**
 * How a variable's known values differ between a window and the rows that it is compared with.
 *
 * @param effect PSI*
 */
record Divergence(Pearson pearson, double effect) {
  static final Divergence NONE = new Divergence(new Pearson(0, 0), 0);

  static Divergence of(@Nullable ColumnCounts before, @Nullable ColumnCounts window, int[] order) {
    if (before == null || window == null) {
      return NONE;
    }
    PooledBins bins = PooledBins.of(before.bins(), window.bins(), order);
    return new Divergence(Pearson.of(bins), Psi.corrected(bins));
  }
}
