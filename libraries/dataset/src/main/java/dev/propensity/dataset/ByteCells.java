package dev.propensity.dataset;

import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The cells of a CSV, one after another, straight from its bytes: RFC 4180, lines ended by LF, CR
 * LF or CR, empty lines skipped. Memory is one buffer, which bounds the longest cell.
 */
final class ByteCells {
  /** What stands after a cell. */
  static final int SEPARATOR = 1;

  static final int LINE_END = 2;
  static final int FILE_END = 3;

  /** The cell is no plain number: nothing was read. */
  static final int NONE = 0;

  /** Also the longest cell. */
  static final int BUFFER = 1 << 18;

  private static final int EXACT_DIGITS = 15;
  private static final byte SENTINEL = '\n'; // after the last byte, so that loops end there

  private final InputStream in;
  private final String where;
  private final int longest;
  private final byte[] buffer;
  private int position;
  private int limit;
  private boolean ended;
  private boolean afterReturn; // a line feed that comes next belongs to the line end before
  private byte separator = ',';
  private long line = 1;
  private long rowLine = 1;

  private byte[] unquoted = new byte[256];
  private byte[] text;
  private int start;
  private int end;
  private int bits; // of all the cell's bytes: negative where one is not ASCII
  private double number;

  /**
   * @param where the file's name, for errors
   */
  ByteCells(InputStream in, String where) {
    this(in, where, BUFFER);
  }

  /**
   * @param longest how many bytes a cell may have
   */
  ByteCells(InputStream in, String where, int longest) {
    this.in = in;
    this.where = where;
    this.buffer = new byte[longest + 1];
    this.longest = longest;
    this.text = buffer;
    buffer[0] = SENTINEL;
  }

  void separator(char separator) {
    this.separator = (byte) separator;
  }

  /** The line on which the row begins, from 1. */
  long rowLine() {
    return rowLine;
  }

  /** Holds the last cell's text, unquoted, from {@link #start} to {@link #end}; not a copy. */
  byte[] text() {
    return text;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  boolean isAscii() {
    return bits >= 0;
  }

  double number() {
    return number;
  }

  /** The bytes from here on that are there, read as far as the buffer goes; not to be changed. */
  ByteBuffer ahead() {
    while (!ended && limit - position < longest && fill()) {
      // until the buffer is full or the stream has ended
    }
    return ByteBuffer.wrap(buffer, position, limit - position).slice();
  }

  void skip(int bytes) {
    position += bytes;
  }

  /** Goes to the next row's first cell; false at the end. */
  boolean nextRow() {
    while (position < limit || fill()) {
      byte c = buffer[position];
      if (c == '\n') {
        position++;
        line += afterReturn ? 0 : 1;
        afterReturn = false;
      } else if (c == '\r') {
        position++;
        line++;
        afterReturn = true;
      } else {
        afterReturn = false;
        rowLine = line;
        return true;
      }
    }
    return false;
  }

  /**
   * Reads the cell if it is a plain number: an optional minus, up to 15 digits with or without a
   * decimal sign. Such a number is one exact division, so it is the double nearest to its text.
   *
   * @param decimal the decimal sign
   * @return what stands after the cell, or {@link #NONE}
   */
  int number(byte decimal) {
    byte[] b = buffer;
    int i = position;
    byte c = b[i];
    boolean negative = c == '-';
    if (negative) {
      c = b[++i];
    }
    int first = i;
    long digits = 0;
    int digit = c - '0';
    while (digit >= 0 && digit <= 9) {
      digits = digits * 10 + digit;
      c = b[++i];
      digit = c - '0';
    }
    int fraction = 0;
    if (c == decimal && c != 0) { // 0: not settled
      int point = i;
      c = b[++i];
      digit = c - '0';
      while (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
        c = b[++i];
        digit = c - '0';
      }
      fraction = i - point - 1;
      first++;
    }
    int count = i - first;
    if (count < 1 || count > EXACT_DIGITS || i >= limit) {
      return NONE;
    }
    int after = c == separator ? SEPARATOR : c == '\n' || c == '\r' ? LINE_END : NONE;
    if (after == NONE) {
      return NONE;
    }
    double value = Numbers.scaled(digits, fraction);
    number = negative ? -value : value;
    bits = 0;
    text = b;
    start = position;
    end = i;
    position = i + 1;
    if (after == LINE_END) {
      line++;
      afterReturn = c == '\r';
    }
    return after;
  }

  /** Reads the cell, whatever it is, and tells what stands after it. */
  int cell() {
    if (position < limit || fill()) {
      return buffer[position] == '"' ? quoted() : plain();
    }
    text = buffer;
    start = position;
    end = position;
    bits = 0;
    return FILE_END;
  }

  private int plain() {
    int i = position;
    int all = 0;
    while (true) {
      byte c = buffer[i];
      if (c == separator || c == '\n' || c == '\r') {
        if (i < limit) {
          return ended(buffer, position, i, all, c);
        }
        int length = i - position;
        if (!fill()) {
          text = buffer;
          start = position;
          end = limit;
          bits = all;
          position = limit;
          return FILE_END;
        }
        i = position + length;
      } else {
        all |= c;
        i++;
      }
    }
  }

  private int ended(byte[] in, int from, int to, int all, byte c) {
    text = in;
    start = from;
    end = to;
    bits = all;
    position = in == buffer ? to + 1 : position + 1;
    if (c == separator) {
      return SEPARATOR;
    }
    line++;
    afterReturn = c == '\r';
    return LINE_END;
  }

  private int quoted() {
    position++;
    int length = 0;
    int all = 0;
    byte before = 0;
    while (true) {
      byte c = byteOr("a quote that is not closed");
      if (c == '"') {
        if (position == limit && !fill()) {
          text = unquoted;
          start = 0;
          end = length;
          bits = all;
          return FILE_END;
        }
        byte next = buffer[position];
        if (next == separator || next == '\n' || next == '\r') {
          return ended(unquoted, 0, length, all, next);
        }
        if (next != '"') {
          throw unreadable("text after a closing quote");
        }
        position++;
      }
      line += c == '\r' || (c == '\n' && before != '\r') ? 1 : 0;
      before = c;
      all |= c;
      if (length == longest) {
        throw tooLong();
      }
      if (length == unquoted.length) {
        unquoted = Arrays.copyOf(unquoted, length * 2);
      }
      unquoted[length++] = c;
    }
  }

  private byte byteOr(String missing) {
    if (position == limit && !fill()) {
      throw unreadable(missing);
    }
    return buffer[position++];
  }

  /** Makes room and reads on; false where the stream has ended. */
  private boolean fill() {
    if (ended) {
      return false;
    }
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
    }
    if (limit == longest) {
      throw tooLong();
    }
    try {
      int read = in.read(buffer, limit, longest - limit);
      while (read == 0) {
        read = in.read(buffer, limit, longest - limit);
      }
      if (read < 0) {
        ended = true;
      } else {
        limit += read;
      }
      buffer[limit] = SENTINEL;
      return !ended;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private UserException tooLong() {
    return unreadable("a cell longer than " + longest + " bytes");
  }

  private UserException unreadable(String reason) {
    return new UserException(where + ": not CSV in or after line " + rowLine + ": " + reason);
  }
}
