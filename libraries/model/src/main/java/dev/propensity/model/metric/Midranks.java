package dev.propensity.model.metric;

import java.util.Arrays;

/** Ranks from 1, equal values sharing the mean of theirs: 0.2, 0.5, 0.5, 0.9 → 1, 2.5, 2.5, 4. */
final class Midranks {
  private Midranks() {}

  /**
   * @param values none negative
   * @return the rank of each, in the order of the values
   */
  static double[] of(float[] values) {
    long[] keys = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      keys[i] = (long) Float.floatToIntBits(values[i] + 0f) << 32 | i;
    }
    Arrays.sort(keys);
    double[] ranks = new double[values.length];
    for (int from = 0; from < keys.length; ) {
      int to = from + 1;
      while (to < keys.length && keys[to] >> 32 == keys[from] >> 32) {
        to++;
      }
      double rank = (from + 1 + to) / 2.0;
      for (int i = from; i < to; i++) {
        ranks[(int) keys[i]] = rank;
      }
      from = to;
    }
    return ranks;
  }
}
