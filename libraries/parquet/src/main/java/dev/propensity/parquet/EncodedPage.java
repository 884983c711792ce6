package dev.propensity.parquet;

import org.apache.parquet.column.Encoding;

/**
 * Checks the counts in an encoded page against its number of values. The decoders allocate memory
 * for what a count claims, before they find that the page ends (Parquet Format, "Encodings").
 */
final class EncodedPage {
  private static final int LENGTH_BYTES = 4;
  private static final int MAX_BIT_WIDTH = 32;

  /** Writers fill up the last run; PyArrow begins runs of 63 groups. */
  private static final int MAX_PADDING = 63 * 8;

  private static final int MAX_GROUPS = 1 << 20; // of 8 values
  private static final int MAX_BLOCK = 1 << 16;

  private final byte[] bytes;
  private final int values;
  private int at;

  /**
   * @param values missing ones included
   */
  private EncodedPage(byte[] bytes, int from, int values) {
    this.bytes = bytes;
    this.at = from;
    this.values = values;
  }

  /** How many bytes the decoder of a page takes beside the page itself. */
  static long memory(Encoding encoding, int values) {
    return switch (encoding) {
      case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY -> (long) Long.BYTES * values;
      case DELTA_BYTE_ARRAY -> 2L * Long.BYTES * values; // of prefixes and suffixes
      default -> 0;
    };
  }

  /** Checks values of one bit each, in runs: booleans, and which values are missing. */
  static void requireBits(byte[] bytes, int from, int length, int values) {
    new EncodedPage(bytes, from, values).runs(end(bytes, from, length), 1);
  }

  /**
   * Checks levels and values of a page of version 1.
   *
   * @param hasLevels whether the column may miss values
   */
  static void requireVersion1(
      byte[] bytes, boolean hasLevels, Encoding levels, Encoding encoding, int values) {
    int from = 0;
    if (hasLevels && levels == Encoding.RLE) {
      int length = length(bytes, 0);
      requireBits(bytes, LENGTH_BYTES, length, values);
      from = LENGTH_BYTES + length;
    } else if (hasLevels) {
      from = (values + 7) / 8;
    }
    requireValues(bytes, from, encoding, values);
  }

  /** Checks the values of a page, which begin at this byte. */
  static void requireValues(byte[] bytes, int from, Encoding encoding, int values) {
    EncodedPage page = new EncodedPage(bytes, from, values);
    if (from == bytes.length) {
      return; // all values are missing
    }
    switch (encoding) {
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> page.dictionary();
      case RLE -> requireBits(bytes, from + LENGTH_BYTES, length(bytes, from), values);
      case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY -> page.deltas(false);
      case DELTA_BYTE_ARRAY -> page.deltas(true);
      default -> {
        // The others claim nothing.
      }
    }
  }

  private void dictionary() {
    int bitWidth = bytes[at++];
    require(bitWidth >= 0 && bitWidth <= MAX_BIT_WIDTH);
    runs(bytes.length, bitWidth);
  }

  /** Runs of equal values, or of groups of 8 packed values. */
  private void runs(int end, int bitWidth) {
    long count = 0;
    while (at < end && count < values) {
      long header = varint();
      long length = header >>> 1;
      if ((header & 1) == 0) {
        count += length;
        at += (bitWidth + 7) / 8;
        continue;
      }
      require(length <= MAX_GROUPS && length * 8 <= values - count + MAX_PADDING);
      require((length - 1) * bitWidth <= end - at);
      count += length * 8;
      at += (int) (length * bitWidth);
    }
  }

  /**
   * Numbers as differences, in blocks.
   *
   * @param twice whether further ones follow
   */
  private void deltas(boolean twice) {
    long block = varint();
    long parts = varint();
    long count = varint();
    require(block > 0 && block <= MAX_BLOCK && parts > 0 && parts <= block && count <= values);
    if (!twice) {
      return;
    }
    varint(); // the first value
    for (long left = count - 1; left > 0; left -= block) {
      varint(); // the least difference
      int widths = at;
      at += (int) parts;
      for (int i = 0; i < parts && i * (block / parts) < left; i++) {
        require(widths + i < bytes.length);
        at = Math.toIntExact(at + (bytes[widths + i] & 0xFF) * (block / parts) / 8);
      }
    }
    deltas(false);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      require(at >= 0 && at < bytes.length);
      byte part = bytes[at++];
      value |= (part & 0x7FL) << shift;
      if (part >= 0) {
        return value;
      }
    }
    return value;
  }

  private static int length(byte[] bytes, int at) {
    require(at + LENGTH_BYTES <= bytes.length);
    return bytes[at] & 0xFF
        | (bytes[at + 1] & 0xFF) << 8
        | (bytes[at + 2] & 0xFF) << 16
        | bytes[at + 3] << 24;
  }

  private static int end(byte[] bytes, int from, int length) {
    require(length >= 0 && length <= bytes.length - from);
    return from + length;
  }

  private static void require(boolean isPossible) {
    if (!isPossible) {
      throw new DamagedPageException("a page with an impossible number of values");
    }
  }
}
