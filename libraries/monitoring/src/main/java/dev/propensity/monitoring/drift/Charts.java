package dev.propensity.monitoring.drift;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The charts of a dataset, and a window's value of each. */
record Charts(Comparison comparison) {

  /** The charts of the variables that the window and the reference have. */
  List<ChartKey> keys(WindowCounts window) {
    List<ChartKey> keys = new ArrayList<>();
    for (Variable variable : comparison.variables(window)) {
      keys.add(new ChartKey(ChartType.MEAN_RANK, variable));
      keys.add(new ChartKey(ChartType.DISTANCE, variable));
      if (!variable.isScore()) {
        keys.add(new ChartKey(ChartType.MISSING, variable));
        if (variable.in(comparison.baseline()).kind().hasWords()) {
          keys.add(new ChartKey(ChartType.UNSEEN, variable));
        }
      }
    }
    keys.add(new ChartKey(ChartType.REJECTED, null));
    return keys;
  }

  /** The window's value; null if there are no cells to compute it of. */
  @Nullable Point point(ChartKey key, WindowCounts window) {
    WindowCounts pool = comparison.pool();
    Variable variable = key.variable();
    if (variable == null) {
      long sent = window.answered() + window.rejected();
      return pool == null
          ? null
          : share(window.rejectedShare(), sent, pool.rejected(), pool.answered() + pool.rejected());
    }
    ColumnCounts counts = variable.in(window);
    if (counts == null) {
      return null;
    }
    ColumnCounts before = comparison.before(variable);
    return switch (key.type()) {
      case MEAN_RANK -> meanRank(variable, counts);
      case DISTANCE -> distance(comparison.divergence(variable, window));
      case MISSING -> share(counts.missingShare(), counts.rows(), before.missing(), before.rows());
      case UNSEEN ->
          share(
              counts.unseenShare(),
              counts.known() + counts.unseen(),
              before.unseen(),
              before.known() + before.unseen());
      case REJECTED, VOLUME -> throw new IllegalArgumentException("no chart of a column: " + key);
    };
  }

  private @Nullable Point meanRank(Variable variable, ColumnCounts counts) {
    long known = counts.known();
    if (known == 0) {
      return null;
    }
    RankedBins bins = comparison.bins(variable);
    return new Point(bins.mean(counts.bins()), bins.variance() / known);
  }

  private static @Nullable Point distance(Divergence divergence) {
    Pearson pearson = divergence.pearson();
    return pearson.degrees() == 0
        ? null
        : new Point(pearson.distance(), pearson.distanceVariance());
  }

  // The variance is that of the reference's share, half a row added: none is not never.
  private static @Nullable Point share(double value, long rows, long part, long all) {
    if (rows == 0) {
      return null;
    }
    double usual = (part + 0.5) / (all + 1.0);
    return new Point(value, usual * (1 - usual) / rows);
  }
}
