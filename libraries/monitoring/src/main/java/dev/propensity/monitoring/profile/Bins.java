package dev.propensity.monitoring.profile;

import dev.propensity.model.Histogram;

/** Counts numbers in the bins of a baseline. */
final class Bins {
  private final float[] edges;
  private final long[] counts;

  Bins(Histogram baseline) {
    this.edges = new float[baseline.edges().size()];
    for (int edge = 0; edge < edges.length; edge++) {
      edges[edge] = baseline.edges().get(edge);
    }
    this.counts = new long[edges.length + 1];
  }

  /** Counts a number, which is not NaN; on an edge, it belongs to the upper bin. */
  void add(float value) {
    int low = 0;
    int high = edges.length;
    while (low < high) {
      int middle = low + high >>> 1;
      if (value >= edges[middle]) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    counts[low]++;
  }

  long[] counts() {
    return counts.clone();
  }
}
