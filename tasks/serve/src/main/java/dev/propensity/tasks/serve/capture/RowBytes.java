package dev.propensity.tasks.serve.capture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Encoded rows, one after another, each with its length. A row has its number, the score, the
 * identifier, and the cells that are not missing in any order. Numbers below 128 take one byte.
 */
final class RowBytes {
  private static final int HEAD = 12; // length, number and score of a row

  private byte[] bytes;
  private int length;
  private int start; // of the last row
  private int rows;

  /**
   * @param capacity in bytes, which grows as needed
   */
  RowBytes(int capacity) {
    this.bytes = new byte[capacity];
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  int rows() {
    return rows;
  }

  void begin(int number) {
    start = length;
    room(HEAD);
    putInt(start + 4, number);
    length = start + HEAD;
  }

  /** Adds text of the row: the identifier, or a cell. */
  void text(int place, byte[] utf8, int from, int to) {
    room(10 + to - from);
    putNumber(place);
    putNumber(to - from);
    System.arraycopy(utf8, from, bytes, length, to - from);
    length += to - from;
  }

  /** The same of characters; half a surrogate pair becomes a question mark. */
  void text(int place, char[] text, int from, int to) {
    int bits = 0;
    for (int i = from; i < to; i++) {
      bits |= text[i];
    }
    if (bits > 0x7F) {
      byte[] utf8 = new String(text, from, to - from).getBytes(StandardCharsets.UTF_8);
      text(place, utf8, 0, utf8.length);
      return;
    }
    room(10 + to - from);
    putNumber(place);
    putNumber(to - from);
    for (int i = from; i < to; i++) {
      bytes[length++] = (byte) text[i];
    }
  }

  void end(float score) {
    putInt(start, length - start);
    putInt(start + 8, Float.floatToRawIntBits(score));
    rows++;
  }

  /** Removes all rows but those with such a number. */
  void keep(IntPredicate numbers) {
    int to = 0;
    int kept = 0;
    for (int at = 0; at < length; ) {
      int size = getInt(bytes, at);
      if (numbers.test(getInt(bytes, at + 4))) {
        System.arraycopy(bytes, at, bytes, to, size);
        to += size;
        kept++;
      }
      at += size;
    }
    length = to;
    rows = kept;
  }

  private void putNumber(int number) {
    int left = number;
    while (left > 0x7F) {
      bytes[length++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[length++] = (byte) left;
  }

  private void putInt(int at, int value) {
    bytes[at] = (byte) (value >> 24);
    bytes[at + 1] = (byte) (value >> 16);
    bytes[at + 2] = (byte) (value >> 8);
    bytes[at + 3] = (byte) value;
  }

  static int getInt(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | bytes[at + 3] & 0xFF;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
