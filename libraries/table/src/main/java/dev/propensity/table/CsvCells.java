package dev.propensity.table;

import dev.propensity.foundation.UserException;

/**
 * The cells of a chunk, one after another, straight from its bytes: RFC 4180, lines ended by LF, CR
 * LF or CR, empty lines skipped, blanks around a cell left out, also before a quoted one; a quote
 * within an unquoted cell is text. Reused for the next chunk.
 */
public final class CsvCells {
  /** How many bytes a cell may have. */
  public static final int MAX_CELL_LENGTH = 1 << 18;

  private final String where;
  private final byte separator;
  private byte[] bytes = {};
  private int position;
  private int limit;
  private long line;
  private long recordLine;
  private int recordStart;
  private boolean ends;

  private final QuotedCell quoted;
  private byte[] text = bytes;
  private int start;
  private int end;
  private int bits; // of all the cell's bytes: negative where one is not ASCII
  private double number;

  /**
   * @param where the file's name, for errors
   */
  public CsvCells(String where, char separator) {
    this.where = where;
    this.separator = (byte) separator;
    this.quoted = new QuotedCell(where, this.separator);
  }

  /** Whether this byte may be left out around a cell. */
  static boolean isBlank(byte c, byte separator) {
    return c == ' ' || c == '\t' && separator != '\t';
  }

  /** Begins with the chunk's first record. */
  public void open(CsvChunk chunk) {
    bytes = chunk.bytes();
    position = chunk.from();
    limit = chunk.to();
    line = chunk.line();
    ends = true;
  }

  /**
   * Goes to the first cell of the chunk's record that begins at this byte.
   *
   * @param at as {@link #recordStart} gave it
   */
  public void openRecord(CsvChunk chunk, int at) {
    open(chunk);
    position = at;
    nextRecord();
  }

  /** The position in the chunk after the last cell. */
  public int position() {
    return position;
  }

  /** The line on which the next record begins, or an empty line. */
  long line() {
    return line;
  }

  /** The line of the file on which the record begins, from 1. */
  public long recordLine() {
    return recordLine;
  }

  /** The chunk's byte with which the record begins. */
  public int recordStart() {
    return recordStart;
  }

  /** Whether the last cell is the last one of its record. */
  public boolean endsRecord() {
    return ends;
  }

  /** Holds the last cell's text, unquoted, from {@link #start} to {@link #end}; not a copy. */
  public byte[] text() {
    return text;
  }

  public int start() {
    return start;
  }

  public int end() {
    return end;
  }

  public boolean isAscii() {
    return bits >= 0;
  }

  /** The value of the last cell that {@link #number} read. */
  public double number() {
    return number;
  }

  /** Goes to the next record's first cell; false at the chunk's end. */
  public boolean nextRecord() {
    while (position < limit) {
      int i = position;
      while (isBlank(bytes[i], separator)) {
        i++;
      }
      byte c = bytes[i];
      if (c != '\n' && c != '\r') {
        recordLine = line;
        recordStart = position;
        ends = false;
        return true;
      }
      position = afterLineEnd(i);
      line++;
    }
    return false;
  }

  private int afterLineEnd(int at) {
    return bytes[at] == '\r' && at + 1 < limit && bytes[at + 1] == '\n' ? at + 2 : at + 1;
  }

  /**
   * Reads the cell if it is a plain number: an optional minus, up to 15 digits with or without a
   * decimal sign. Such a number is one exact division, so it is the double nearest to its text.
   *
   * @param decimal the decimal sign; 0 where it is not known yet
   * @return whether it was; else nothing was read
   */
  public boolean number(byte decimal) {
    byte[] b = bytes;
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
    if (c == decimal && c != separator) {
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
    if (count < 1 || count > Decimals.EXACT_DIGITS || c != separator && c != '\n' && c != '\r') {
      return false;
    }
    double value = Decimals.of(digits, fraction);
    number = negative ? -value : value;
    take(b, position, i, 0);
    endCell(i, c);
    return true;
  }

  /** Reads the cell, whatever its content. */
  public void cell() {
    byte[] b = bytes;
    int i = position;
    byte c = b[i];
    while (c == ' ' || c == '\t' && separator != '\t') {
      c = b[++i];
    }
    if (c == '"') {
      quotedCell(i + 1);
      return;
    }
    int from = i;
    int all = 0;
    while (c != separator && c != '\n' && c != '\r') {
      all |= c;
      c = b[++i];
    }
    int to = i;
    while (to > from && isBlank(b[to - 1], separator)) {
      to--;
    }
    take(b, from, to, all);
    endCell(i, c);
  }

  private void quotedCell(int from) {
    byte[] b = bytes;
    long opened = line;
    int all = 0;
    int i = from;
    while (i < limit && b[i] != '"') {
      byte c = b[i];
      all |= c;
      line += c == '\n' || c == '\r' && b[i + 1] != '\n' ? 1 : 0;
      i++;
    }
    take(b, from, i, all);
    if (i + 1 < limit && b[i + 1] == '"') {
      i = quoted.copy(b, from, limit);
      take(quoted.text(), 0, quoted.length(), quoted.bits());
      line = opened + quoted.lines();
    }
    i = quoted.after(b, i, limit, opened, line);
    endCell(i, b[i]);
  }

  private void take(byte[] text, int start, int end, int bits) {
    this.text = text;
    this.start = start;
    this.end = end;
    this.bits = bits;
  }

  private void endCell(int at, byte c) {
    if (end - start > MAX_CELL_LENGTH) {
      throw new UserException(
          where + ", line " + recordLine + ": a cell of more than 256 KiB; is a quote left open?");
    }
    if (c == separator) {
      position = at + 1;
    } else {
      position = afterLineEnd(at);
      line++;
      ends = true;
    }
  }
}
