package dev.propensity.table.arrow;

import java.nio.ByteBuffer;

/** The rows of a record batch that are written. */
public interface ArrowBody {
  /** How many there are. */
  int rows();

  /** By column, how many values are missing. */
  int[] nulls();

  /**
   * The lengths of the body's buffers in bytes, without padding. For each column: its validity,
   * which is 0 if no value is missing; the offsets of text; the values.
   */
  long[] lengths();

  /**
   * Puts the buffers in this one, each padded with {@link #pad}.
   *
   * @param body little-endian, of the padded length
   */
  void put(ByteBuffer body);

  /** Pads to a multiple of 8 bytes. */
  static void pad(ByteBuffer body) {
    while ((body.position() & 7) != 0) {
      body.put((byte) 0);
    }
  }
}
