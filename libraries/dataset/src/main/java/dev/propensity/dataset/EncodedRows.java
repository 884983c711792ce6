package dev.propensity.dataset;

import java.util.Arrays;

/** Some encoded rows, used again for the next: values and identifiers. */
public final class EncodedRows {
  private final int features;
  private final float[] values;
  private final int[] ends;
  private byte[] identifiers;
  private int rows;

  /**
   * @param features of a row
   * @param capacity how many rows it holds
   */
  public EncodedRows(int features, int capacity) {
    this.features = features;
    this.values = new float[features * capacity];
    this.ends = new int[capacity + 1];
    this.identifiers = new byte[16 * capacity];
  }

  void clear() {
    rows = 0;
  }

  int capacity() {
    return ends.length - 1;
  }

  boolean isFull() {
    return rows == ends.length - 1;
  }

  /** Where the values of the row that is being read begin. */
  int offset() {
    return rows * features;
  }

  /** Keeps the row whose values have been set. */
  void keep(byte[] identifier, int length) {
    int start = ends[rows];
    if (start + length > identifiers.length) {
      identifiers = Arrays.copyOf(identifiers, Math.max(start + length, identifiers.length * 2));
    }
    System.arraycopy(identifier, 0, identifiers, start, length);
    ends[++rows] = start + length;
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** Row-major {@code [capacity][features]}; not a copy; those behind the last row mean nothing. */
  public float[] values() {
    return values;
  }

  /** The values of the rows alone. */
  public float[] exactValues() {
    return isFull() ? values : Arrays.copyOf(values, rows * features);
  }

  /** All identifiers in UTF-8, one after another; not a copy. */
  public byte[] identifiers() {
    return identifiers;
  }

  /** Where the row's identifier begins. */
  public int identifierStart(int row) {
    return ends[row];
  }

  /** Where the row's identifier ends. */
  public int identifierEnd(int row) {
    return ends[row + 1];
  }
}
