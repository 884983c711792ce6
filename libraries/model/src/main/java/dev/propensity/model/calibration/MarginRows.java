package dev.propensity.model.calibration;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Rows with a model's margins, to which the model was not fitted.
 *
 * @param margins by row, log-odds
 * @param labels by row, 0 or 1
 */
public record MarginRows(float[] margins, byte[] labels) {
  /**
   * @throws IllegalArgumentException if the lengths differ
   */
  public MarginRows {
    if (margins.length != labels.length) {
      throw new IllegalArgumentException(
          margins.length + " margins for " + labels.length + " labels");
    }
  }

  int size() {
    return margins.length;
  }

  /** The row's log-odds. */
  public float margin(int row) {
    return margins[row];
  }

  boolean isPositive(int row) {
    return labels[row] == 1;
  }

  int positives() {
    int positives = 0;
    for (byte label : labels) {
      positives += label;
    }
    return positives;
  }

  /** The rows whose number passes, in their order. */
  public MarginRows where(IntPredicate isTaken) {
    return of(IntStream.range(0, size()).filter(isTaken).toArray());
  }

  /** The same rows by rising margin. */
  MarginRows sorted() {
    long[] keys = new long[size()];
    for (int row = 0; row < keys.length; row++) {
      // A float's bits rise with the float, those of negative floats once all but the sign are
      // turned.
      int bits = Float.floatToIntBits(margins[row] + 0f);
      keys[row] = (long) (bits ^ (bits >> 31 & Integer.MAX_VALUE)) << 32 | row;
    }
    Arrays.sort(keys);
    return of(Arrays.stream(keys).mapToInt(key -> (int) key).toArray());
  }

  private MarginRows of(int[] rows) {
    float[] chosen = new float[rows.length];
    byte[] theirs = new byte[rows.length];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = margins[rows[i]];
      theirs[i] = labels[rows[i]];
    }
    return new MarginRows(chosen, theirs);
  }
}
