package dev.propensity.table;

import dev.propensity.foundation.UserException;
import java.util.Arrays;

/**
 * Reads a quoted cell. Its text stays in its place, unless it has quotes, which are written twice:
 * then it is copied. Reused for the next cell.
 */
final class QuotedCell {
  private final String where;
  private final byte separator;
  private byte[] unquoted = new byte[256];

  // The result of the last read.
  private byte[] text = unquoted;
  private int start;
  private int end;
  private int bits;
  private long line;

  /**
   * @param where the file's name, for errors
   */
  QuotedCell(String where, byte separator) {
    this.where = where;
    this.separator = separator;
  }

  /** Holds the text from {@link #start} to {@link #end}; not a copy. */
  byte[] text() {
    return text;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** The bits of all bytes: negative where one is not ASCII. */
  int bits() {
    return bits;
  }

  /** The line on which the cell ends. */
  long line() {
    return line;
  }

  /**
   * Reads a cell.
   *
   * @param b the chunk's bytes, which end with a line end
   * @param from the byte after the opening quote
   * @param limit the byte after the chunk
   * @param opened the line of the opening quote
   * @return the place of the separator or line end after the cell
   * @throws UserException where the quote is not closed, or text follows the closing one
   */
  int read(byte[] b, int from, int limit, long opened) {
    long at = opened;
    int all = 0;
    int i = from;
    int length = -1; // of what was copied; -1 while the cell can stay in its place
    int begin = from;
    while (true) {
      if (i == limit) {
        throw new UserException(
            where + ", line " + opened + ": the quote that opens here is never closed");
      }
      byte c = b[i];
      if (c == '"') {
        if (i + 1 == limit || b[i + 1] != '"') {
          break;
        }
        length = copy(b, begin, i + 1, Math.max(0, length));
        i += 2;
        begin = i;
        continue;
      }
      all |= c;
      at += c == '\n' || c == '\r' && b[i + 1] != '\n' ? 1 : 0;
      i++;
    }
    if (length < 0) {
      text = b;
      start = from;
      end = i;
    } else {
      end = copy(b, begin, i, length);
      text = unquoted;
      start = 0;
    }
    bits = all;
    line = at;
    i++;
    while (CsvCells.isBlank(b[i], separator)) {
      i++;
    }
    if (b[i] != separator && b[i] != '\n' && b[i] != '\r') {
      throw new UserException(
          where
              + ", line "
              + at
              + ": text after a closing quote"
              + (opened == at ? "" : " (it opens on line " + opened + ")")
              + "; within a quoted cell, write a quote twice");
    }
    return i;
  }

  private int copy(byte[] b, int from, int to, int at) {
    int length = at + to - from;
    if (unquoted.length < length) {
      unquoted = Arrays.copyOf(unquoted, 2 * length);
    }
    System.arraycopy(b, from, unquoted, at, to - from);
    return length;
  }
}
