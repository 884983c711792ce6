package dev.propensity.table;

import dev.propensity.foundation.UserException;
import java.util.Arrays;

/**
 * The text of a quoted cell with quotes in it, which are written twice: a copy with each quote
 * once. Reused for the next cell.
 */
final class QuotedCell {
  private final String where;
  private final byte separator;
  private byte[] text = new byte[256];
  private int length;
  private int bits;
  private int lines;

  /**
   * @param where the file's name, for errors
   */
  QuotedCell(String where, byte separator) {
    this.where = where;
    this.separator = separator;
  }

  /** The text, from 0 to {@link #length}; not a copy. */
  byte[] text() {
    return text;
  }

  int length() {
    return length;
  }

  /** The bits of all bytes: negative where one is not ASCII. */
  int bits() {
    return bits;
  }

  /** How many line ends are in the cell. */
  int lines() {
    return lines;
  }

  /**
   * Copies a cell.
   *
   * @param b the chunk's bytes
   * @param from the byte after the opening quote
   * @param limit the byte after the chunk
   * @return the place of the closing quote; {@code limit} where there is none
   */
  int copy(byte[] b, int from, int limit) {
    length = 0;
    bits = 0;
    lines = 0;
    int begin = from;
    int i = from;
    while (i < limit) {
      byte c = b[i];
      if (c == '"') {
        if (i + 1 == limit || b[i + 1] != '"') {
          break;
        }
        add(b, begin, i + 1);
        i += 2;
        begin = i;
        continue;
      }
      bits |= c;
      lines += c == '\n' || c == '\r' && b[i + 1] != '\n' ? 1 : 0;
      i++;
    }
    add(b, begin, i);
    return i;
  }

  private void add(byte[] b, int from, int to) {
    int end = length + to - from;
    if (text.length < end) {
      text = Arrays.copyOf(text, 2 * end);
    }
    System.arraycopy(b, from, text, length, to - from);
    length = end;
  }

  /**
   * The place after a cell: its separator or line end.
   *
   * @param closing the place of the closing quote; {@code limit} where there is none
   * @param opened the line of the opening quote
   * @param line the line of the closing quote
   * @throws UserException where the quote is not closed, or text follows the closing one
   */
  int after(byte[] b, int closing, int limit, long opened, long line) {
    if (closing == limit) {
      throw unclosed(where, opened);
    }
    int i = closing + 1;
    while (CsvCells.isBlank(b[i], separator)) {
      i++;
    }
    if (b[i] != separator && b[i] != '\n' && b[i] != '\r') {
      throw new UserException(
          where
              + ", line "
              + line
              + ": text after a closing quote"
              + (opened == line ? "" : " (it opens on line " + opened + ")")
              + "; within a quoted cell, write a quote twice");
    }
    return i;
  }

  /**
   * The error for a quote that is not closed.
   *
   * @param where the file's name
   * @param opened the quote's line
   */
  static UserException unclosed(String where, long opened) {
    return new UserException(
        where + ", line " + opened + ": the quote that opens here is never closed");
  }
}
