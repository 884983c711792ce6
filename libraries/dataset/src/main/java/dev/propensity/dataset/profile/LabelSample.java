package dev.propensity.dataset.profile;

import java.util.SplittableRandom;

/**
 * At most so many train rows of each label, for {@link LeakCheck}: a random sample of each
 * (reservoir sampling; Vitter, 1985), always the same for the same rows.
 */
public final class LabelSample {
  private static final int PER_LABEL = 2000;
  private static final long SEED = 1;

  private final int columns;
  private final float[][][] rows = new float[2][PER_LABEL][];
  private final long[] seen = new long[2];
  private final SplittableRandom random = new SplittableRandom(SEED);

  /**
   * @param columns how many values a row has
   */
  public LabelSample(int columns) {
    this.columns = columns;
  }

  /** Adds a row, or not; the values are copied. */
  public void add(float[] values, byte label) {
    long number = seen[label]++;
    long place = number < PER_LABEL ? number : random.nextLong(number + 1);
    if (place < PER_LABEL) {
      rows[label][(int) place] = values.clone();
    }
  }

  /** How many rows of this label are in the sample. */
  int size(int label) {
    return (int) Math.min(seen[label], PER_LABEL);
  }

  /** A column's values in the rows of this label. */
  float[] values(int label, int column) {
    if (column >= columns) {
      throw new IndexOutOfBoundsException(column);
    }
    float[] values = new float[size(label)];
    for (int row = 0; row < values.length; row++) {
      values[row] = rows[label][row][column];
    }
    return values;
  }
}
