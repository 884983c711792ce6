package dev.propensity.dataset;

import java.util.Arrays;

/** Some rows of a table, one after another, each encoded by one or more encoders. */
public final class RowBlock {
  private final float[][] values; // by encoder, row-major
  private final int[] widths;
  private final int[] ends;
  private byte[] identifiers;
  private int rows;

  /**
   * @param widths by encoder, how many features it makes
   */
  RowBlock(int capacity, int[] widths) {
    this.widths = widths;
    this.values = new float[widths.length][];
    for (int i = 0; i < widths.length; i++) {
      values[i] = new float[capacity * widths[i]];
    }
    this.ends = new int[capacity + 1];
    this.identifiers = new byte[capacity * 8];
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** By an encoder's place, the features: row-major {@code [rows][features]}, nothing else. */
  public float[] values(int encoder) {
    int length = rows * widths[encoder];
    return values[encoder].length == length
        ? values[encoder]
        : Arrays.copyOf(values[encoder], length);
  }

  /** All rows' identifiers in UTF-8, one after another; not a copy. */
  public byte[] identifiers() {
    return identifiers;
  }

  /** Where a row's identifier begins; that of the next row tells where it ends. */
  public int identifierStart(int row) {
    return ends[row];
  }

  boolean isFull() {
    return rows == ends.length - 1;
  }

  /** Where the next row's features go, by an encoder's place. */
  float[] room(int encoder) {
    return values[encoder];
  }

  /** Takes the row whose features were put into the room. */
  void add(byte[] utf8, int length) {
    int start = ends[rows];
    if (start + length > identifiers.length) {
      identifiers = Arrays.copyOf(identifiers, Math.max(identifiers.length * 2, start + length));
    }
    System.arraycopy(utf8, 0, identifiers, start, length);
    ends[++rows] = start + length;
  }
}
