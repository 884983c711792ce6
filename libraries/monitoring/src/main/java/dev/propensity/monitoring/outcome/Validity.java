package dev.propensity.monitoring.outcome;

import dev.propensity.table.arrow.ArrowBody;
import java.nio.ByteBuffer;

/** Which values of a column are there, as a bit of each row. */
final class Validity {
  private final byte[] bits;
  private int nulls;

  /**
   * @param capacity how many rows there are at most
   */
  Validity(int capacity) {
    this.bits = new byte[(capacity + 7) / 8];
  }

  void set(int row, boolean valid) {
    int bit = 1 << (row & 7);
    int others = (row & 7) == 0 ? 0 : bits[row >> 3] & bit - 1; // not those of an earlier batch
    bits[row >> 3] = (byte) (others | (valid ? bit : 0));
    nulls += valid ? 0 : 1;
  }

  int nulls() {
    return nulls;
  }

  /** The length of the buffer, which is left out where all values are there. */
  int length(int rows) {
    return nulls == 0 ? 0 : (rows + 7) / 8;
  }

  void put(ByteBuffer body, int rows) {
    body.put(bits, 0, length(rows));
    ArrowBody.pad(body);
  }

  void clear() {
    nulls = 0;
  }
}
