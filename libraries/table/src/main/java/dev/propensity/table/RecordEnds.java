package dev.propensity.table;

import dev.propensity.foundation.UserException;

/**
 * Finds the end of the last whole record in some bytes, and counts the line ends before it. Only
 * quotes need a closer look: in bytes without them, each line end ends a record.
 */
final class RecordEnds {
  private final String where;
  private byte separator = ',';
  private int length;
  private boolean ended;
  private long line;

  // The result of the last scan.
  private int end;
  private int lines;
  private long openQuote;

  /**
   * @param where the file's name, for errors
   */
  RecordEnds(String where) {
    this.where = where;
  }

  void separator(char sign) {
    this.separator = (byte) sign;
  }

  /** The byte after the last whole record; 0 where there is none. */
  int end() {
    return end;
  }

  /** How many line ends there are before it. */
  int lines() {
    return lines;
  }

  /** The line of a quote that is not closed; 0 where there is none. */
  long openQuote() {
    return openQuote;
  }

  /**
   * Scans the bytes from 0.
   *
   * @param b holds them; not kept
   * @param length how many there are
   * @param ended whether they are the file's last
   * @param line of the first byte
   * @throws UserException for a NUL byte
   */
  void scan(byte[] b, int length, boolean ended, long line) {
    this.length = length;
    this.ended = ended;
    this.line = line;
    int count = 0;
    end = 0;
    lines = 0;
    openQuote = 0;
    for (int i = 0; i < length; i++) {
      byte c = b[i];
      if (c > '"' || c < 0) {
        continue;
      }
      if (c == '\n' || c == '\r') {
        if (c == '\r') {
          if (i + 1 == length && !ended) {
            return; // a line feed may follow
          }
          i += i + 1 < length && b[i + 1] == '\n' ? 1 : 0;
        }
        lines = ++count;
        end = i + 1;
      } else if (c == '"') {
        scanQuotes(b);
        return;
      } else if (c == 0) {
        throw nul(line + count);
      }
    }
  }

  private UserException nul(long at) {
    return new UserException(
        where + ", line " + at + ": a NUL byte: this is no text; save the table as CSV in UTF-8");
  }

  /** The same where there are quotes: a line end within a quoted cell ends no record. */
  private void scanQuotes(byte[] b) {
    int count = 0;
    end = 0;
    lines = 0;
    boolean cellBegins = true;
    int i = 0;
    while (i < length) {
      byte c = b[i];
      if (c == '\n' || c == '\r') {
        if (c == '\r' && i + 1 == length && !ended) {
          return;
        }
        i += c == '\r' && i + 1 < length && b[i + 1] == '\n' ? 2 : 1;
        lines = ++count;
        end = i;
        cellBegins = true;
      } else if (c == separator) {
        cellBegins = true;
        i++;
      } else if (cellBegins && c == '"') {
        long opened = line + count;
        int close = closing(b, i + 1);
        if (close < 0) {
          openQuote = opened;
          return;
        }
        count += lineEnds(b, i, close);
        i = close + 1;
        cellBegins = false;
      } else if (c == 0) {
        throw nul(line + count);
      } else {
        cellBegins &= CsvCells.isBlank(c, separator);
        i++;
      }
    }
  }

  /** Where the quote is that closes the cell; -1 where it is not there or not known yet. */
  private int closing(byte[] b, int from) {
    for (int i = from; i < length; i++) {
      if (b[i] != '"') {
        continue;
      }
      if (i + 1 == length) {
        return ended ? i : -1;
      }
      if (b[i + 1] != '"') {
        return i;
      }
      i++;
    }
    return -1;
  }

  private int lineEnds(byte[] b, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      byte c = b[i];
      count += c == '\n' || (c == '\r' && b[i + 1] != '\n') ? 1 : 0;
      if (c == 0) {
        throw nul(line + lines + count);
      }
    }
    return count;
  }
}
