package dev.propensity.model.metric;

import java.util.Arrays;

/**
 * Rows from the highest score to the lowest, rows of equal score taken together as one step: the
 * order within a step never matters. Every rank metric reads this one sort.
 */
public final class Ranking {
  private final int rows;
  private final int positives;
  private final float[] scores;
  private final int[] selected;
  private final int[] hits;

  private Ranking(int rows, int positives, float[] scores, int[] selected, int[] hits) {
    this.rows = rows;
    this.positives = positives;
    this.scores = scores;
    this.selected = selected;
    this.hits = hits;
  }

  /** Ranks these rows. */
  public static Ranking of(ScoredRows scored) {
    long[] keys = new long[scored.rows()];
    for (int row = 0; row < keys.length; row++) {
      // Bits of a float that is not negative rise with it; adding 0 makes -0 the same as 0.
      keys[row] = (long) Float.floatToIntBits(scored.score(row) + 0f) << 1 | scored.label(row);
    }
    Arrays.sort(keys);
    float[] scores = new float[keys.length];
    int[] selected = new int[keys.length];
    int[] hits = new int[keys.length];
    int steps = 0;
    int hit = 0;
    for (int i = keys.length - 1; i >= 0; i--) {
      hit += (int) (keys[i] & 1);
      if (i == 0 || keys[i] >> 1 != keys[i - 1] >> 1) {
        scores[steps] = Float.intBitsToFloat((int) (keys[i] >> 1));
        selected[steps] = keys.length - i;
        hits[steps] = hit;
        steps++;
      }
    }
    return new Ranking(
        scored.rows(),
        scored.positives(),
        Arrays.copyOf(scores, steps),
        Arrays.copyOf(selected, steps),
        Arrays.copyOf(hits, steps));
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** How many of them are positive. */
  public int positives() {
    return positives;
  }

  /** How many of them are negative. */
  public int negatives() {
    return rows - positives;
  }

  /** How many different scores there are. */
  public int steps() {
    return scores.length;
  }

  /** The score of this step; steps fall from the highest. */
  public float score(int step) {
    return scores[step];
  }

  /** How many rows have the score of this step or a higher one; 0 for step -1. */
  public int selected(int step) {
    return step < 0 ? 0 : selected[step];
  }

  /** How many of the {@link #selected} rows are positive; 0 for step -1. */
  public int hits(int step) {
    return step < 0 ? 0 : hits[step];
  }

  /**
   * How many positives the first {@code count} rows hold: the expected number over all orders of
   * equal scores, and linear between whole rows.
   *
   * @param count from 0 to the number of rows
   */
  public double expectedHits(double count) {
    int step = 0;
    while (step < scores.length - 1 && selected[step] < count) {
      step++;
    }
    int before = selected(step - 1);
    double share = (count - before) / (selected[step] - before);
    return hits(step - 1) + share * (hits[step] - hits(step - 1));
  }
}
