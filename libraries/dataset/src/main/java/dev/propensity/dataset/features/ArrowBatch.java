package dev.propensity.dataset.features;

import dev.propensity.table.arrow.ArrowBody;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The rows of a record batch before they are written; reused for the next batch. */
final class ArrowBatch implements ArrowBody {
  private static final int BYTES = 8 << 20;
  private static final int ROWS = 1 << 16;

  private final int capacity;
  private final float[][] columns;
  private final byte[] labels;
  private final int[] ends; // of the identifiers, by row + 1
  private byte[] identifiers = new byte[1 << 16];
  private int rows;

  /**
   * @param features how many there are
   */
  ArrowBatch(int features) {
    this.capacity = Math.max(1024, Math.min(ROWS, BYTES / (4 * Math.max(1, features))));
    this.columns = new float[features][capacity];
    this.labels = new byte[capacity];
    this.ends = new int[capacity + 1];
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int[] nulls() {
    return new int[2 + columns.length];
  }

  /** Whether it must be written before the next row is added. */
  boolean isFull() {
    return rows == capacity || ends[rows] > Integer.MAX_VALUE / 2;
  }

  /** Adds a row; see {@link ArrowWriter#add}. */
  void add(byte[] utf8, int from, int length, byte label, float[] values) {
    int start = ends[rows];
    if (start + length > identifiers.length) {
      identifiers = Arrays.copyOf(identifiers, Math.max(identifiers.length * 2, start + length));
    }
    System.arraycopy(utf8, from, identifiers, start, length);
    labels[rows] = label;
    for (int i = 0; i < columns.length; i++) {
      columns[i][rows] = values[i];
    }
    rows++;
    ends[rows] = start + length;
  }

  @Override
  public long[] lengths() {
    long[] lengths = new long[5 + 2 * columns.length];
    lengths[1] = 4L * (rows + 1);
    lengths[2] = ends[rows];
    lengths[4] = rows;
    for (int i = 0; i < columns.length; i++) {
      lengths[6 + 2 * i] = 4L * rows;
    }
    return lengths;
  }

  @Override
  public void put(ByteBuffer buffer) {
    for (int i = 0; i <= rows; i++) {
      buffer.putInt(ends[i]);
    }
    ArrowBody.pad(buffer);
    buffer.put(identifiers, 0, ends[rows]);
    ArrowBody.pad(buffer);
    buffer.put(labels, 0, rows);
    ArrowBody.pad(buffer);
    for (float[] column : columns) {
      buffer.asFloatBuffer().put(column, 0, rows);
      buffer.position(buffer.position() + 4 * rows);
      ArrowBody.pad(buffer);
    }
  }

  /** Begins with the next batch. */
  void clear() {
    rows = 0;
  }
}
