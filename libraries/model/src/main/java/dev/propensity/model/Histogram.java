package dev.propensity.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts by bin.
 *
 * @param edges where a bin ends and the next begins, rising; a value on an edge belongs to the
 *     upper bin; the first and the last bin are open
 * @param counts one more than edges
 */
public record Histogram(List<Float> edges, int[] counts) {
  static Histogram over(float[] edges) {
    List<Float> list = new ArrayList<>();
    for (float edge : edges) {
      list.add(edge);
    }
    return new Histogram(list, new int[edges.length + 1]);
  }

  /**
   * The different values at every {@code 1/bins} of some values: a value that many share makes one
   * bin.
   *
   * @param values in any order; sorted by this
   * @param known how many of them, the first ones, are values
   * @param bins how many bins there are at most
   */
  static float[] quantiles(float[] values, int known, int bins) {
    Arrays.sort(values, 0, known);
    float[] edges = new float[bins - 1];
    int different = 0;
    for (int bin = 1; bin < bins && known > 0; bin++) {
      float edge = values[(int) ((long) bin * known / bins)];
      if (edge > values[0] && (different == 0 || edge > edges[different - 1])) {
        edges[different++] = edge;
      }
    }
    return Arrays.copyOf(edges, different);
  }

  void add(float value) {
    counts[bin(value)]++;
  }

  /** The bin of this value, which is not NaN. */
  public int bin(float value) {
    int bin = 0;
    while (bin < edges.size() && value >= edges.get(bin)) {
      bin++;
    }
    return bin;
  }
}
