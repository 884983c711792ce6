package dev.propensity.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts by bin.
 *
 * @param edges where a bin ends and the next begins, rising; a value on an edge belongs to the
 *     upper bin; the first and the last bin are open
 * @param counts one more than edges
 */
record Histogram(List<Float> edges, int[] counts) {
  static Histogram over(float[] edges) {
    List<Float> list = new ArrayList<>();
    for (float edge : edges) {
      list.add(edge);
    }
    return new Histogram(list, new int[edges.length + 1]);
  }

  void add(float value) {
    int bin = 0;
    while (bin < edges.size() && value >= edges.get(bin)) {
      bin++;
    }
    counts[bin]++;
  }
}
