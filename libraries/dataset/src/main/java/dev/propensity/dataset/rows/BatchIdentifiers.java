package dev.propensity.dataset.rows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The identifiers of a batch's rows in UTF-8, or the keys of their splits, one after another. */
public final class BatchIdentifiers {
  private final int[] ends; // by row + 1, where its identifier ends
  private byte[] bytes;

  /**
   * @param capacity how many rows there are at most
   */
  BatchIdentifiers(int capacity) {
    this.ends = new int[capacity + 1];
    this.bytes = new byte[capacity * 8];
  }

  /** All identifiers; not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where a row's identifier begins. */
  public int start(int row) {
    return ends[row];
  }

  /** Where a row's identifier ends. */
  public int end(int row) {
    return ends[row + 1];
  }

  String text(int row) {
    return new String(bytes, ends[row], ends[row + 1] - ends[row], StandardCharsets.UTF_8);
  }

  /**
   * Sets the identifier of a row; those of later rows are lost.
   *
   * @param identifier holds it, from 0
   */
  void put(int row, byte[] identifier, int length) {
    int start = ends[row];
    if (start + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, start + length));
    }
    System.arraycopy(identifier, 0, bytes, start, length);
    ends[row + 1] = start + length;
  }

  /** Sets the identifier of a row to that of a later one. */
  void move(int row, int to) {
    int start = ends[row];
    int length = ends[row + 1] - start;
    System.arraycopy(bytes, start, bytes, ends[to], length);
    ends[to + 1] = ends[to] + length;
  }
}
