package dev.propensity.monitoring.profile;

import dev.propensity.model.Histogram;
import java.util.Arrays;

/** Counts numbers in the bins of a baseline. */
public final class Bins {
  private final float[] edges; // 2^k - 1 of them, the last ones infinite
  private final long[] counts;

  /** Counts nothing yet. */
  public Bins(Histogram baseline) {
    int size = baseline.edges().size();
    this.edges = new float[Integer.highestOneBit(size) * 2 - (size == 0 ? 0 : 1)];
    Arrays.fill(edges, Float.POSITIVE_INFINITY);
    for (int edge = 0; edge < size; edge++) {
      edges[edge] = baseline.edges().get(edge);
    }
    this.counts = new long[size + 1];
  }

  private Bins(float[] edges, int size) {
    this.edges = edges;
    this.counts = new long[size];
  }

  /** The same bins, with nothing counted. */
  public Bins empty() {
    return new Bins(edges, counts.length);
  }

  /** Counts a finite number; on an edge, it belongs to the upper bin. */
  public void add(float value) {
    counts[bin(value)]++;
  }

  /** The place of the bin of a finite number. */
  int bin(float value) {
    float[] all = edges;
    int bin = 0;
    for (int half = all.length + 1 >> 1; half > 0; half >>= 1) {
      bin += value >= all[bin + half - 1] ? half : 0; // a conditional move, not a branch
    }
    return bin;
  }

  /** Adds the counts of others, which are in the same bins. */
  public void add(Bins others) {
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] += others.counts[bin];
    }
  }

  /** A copy of the counts, from the lowest bin. */
  public long[] counts() {
    return counts.clone();
  }
}
