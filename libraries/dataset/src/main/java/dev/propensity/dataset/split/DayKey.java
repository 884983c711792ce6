package dev.propensity.dataset.split;

import java.nio.ByteBuffer;

/** The key of a row that is split by its date: days since 1970-01-01 in eight bytes. */
public final class DayKey {
  private DayKey() {}

  /** The key of this day. */
  public static byte[] of(long epochDay) {
    return ByteBuffer.allocate(Long.BYTES).putLong(epochDay).array();
  }

  /** The day of the key from this byte on. */
  static long epochDay(byte[] key, int from) {
    return ByteBuffer.wrap(key).getLong(from);
  }
}
