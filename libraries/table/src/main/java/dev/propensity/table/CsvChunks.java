package dev.propensity.table;

import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a CSV's bytes into chunks of whole records, so that each can be read by another thread. Only
 * quotes need a closer look: in bytes without them, each line end ends a record.
 */
final class CsvChunks {
  private static final int FIRST = 1 << 14;
  private static final int USUAL = 1 << 18;
  private static final int MAX_RECORD_LENGTH = 1 << 22;

  private final InputStream in;
  private final String where;
  private final int usual;
  private final int longestRecord;
  private byte separator = ',';
  private byte[] bytes; // one byte more than is filled, for a missing line end
  private int length;
  private boolean ended;
  private long line = 1;

  // The result of the last scan.
  private int end;
  private int lines;
  private long openQuote;

  /**
   * @param where the file's name, for errors
   */
  CsvChunks(InputStream in, String where) {
    this(in, where, FIRST, USUAL, MAX_RECORD_LENGTH);
  }

  /**
   * @param first how many bytes are read first, so that small tables need little memory
   * @param usual how many bytes a chunk has, if no record is longer
   * @param longestRecord how many bytes a record may have, about
   */
  CsvChunks(InputStream in, String where, int first, int usual, int longestRecord) {
    this.in = in;
    this.where = where;
    this.usual = usual;
    this.longestRecord = longestRecord;
    this.bytes = new byte[first + 1];
    fill();
    if (!ended) {
      bytes = Arrays.copyOf(bytes, Math.max(first, usual) + 1);
      fill();
    }
  }

  /** The file's first bytes, as many as {@link #available} says. */
  byte[] start() {
    return bytes;
  }

  int available() {
    return length;
  }

  /** Skips the first bytes. */
  void skip(int count) {
    System.arraycopy(bytes, count, bytes, 0, length - count);
    length -= count;
  }

  /** Sets the line of the first byte that was not skipped. */
  void startAtLine(long number) {
    line = number;
  }

  void separator(char sign) {
    this.separator = (byte) sign;
  }

  /**
   * The next records; null at the end.
   *
   * @throws UserException for a quote that is not closed, a record that is too long, a NUL byte
   */
  @Nullable CsvChunk next() {
    while (true) {
      if (length == 0 && ended) {
        return null;
      }
      look();
      if (ended && openQuote == 0) {
        terminate();
      }
      if (end > 0) {
        return cut();
      }
      if (ended) {
        throw new UserException(
            where + ", line " + openQuote + ": the quote that opens here is never closed");
      }
      if (length >= longestRecord) {
        throw new UserException(
            where
                + ", line "
                + (openQuote == 0 ? line : openQuote)
                + ": a record of more than 4 MiB begins here: is a quote left open?");
      }
      if (length == bytes.length - 1) {
        bytes = Arrays.copyOf(bytes, 2 * length + 1);
      }
      fill();
    }
  }

  private CsvChunk cut() {
    CsvChunk chunk = new CsvChunk(bytes, 0, end, line, lines);
    line += lines;
    int left = length - end;
    byte[] next = new byte[(ended ? left : Math.max(usual, left)) + 1];
    System.arraycopy(bytes, end, next, 0, left);
    bytes = next;
    length = left;
    fill();
    return chunk;
  }

  /** Ends the last record where the file does not. */
  private void terminate() {
    if (end < length) {
      bytes[length++] = '\n';
      lines++;
      end = length;
    }
  }

  private void fill() {
    try {
      while (!ended && length < bytes.length - 1) {
        int read = in.read(bytes, length, bytes.length - 1 - length);
        ended = read < 0;
        length += Math.max(0, read);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Finds the end of the last whole record, and counts the line ends before it. */
  private void look() {
    byte[] b = bytes;
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
        lookAtQuotes();
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
  private void lookAtQuotes() {
    byte[] b = bytes;
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
        int close = closing(i + 1);
        if (close < 0) {
          openQuote = opened;
          return;
        }
        count += lineEnds(i, close);
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
  private int closing(int from) {
    for (int i = from; i < length; i++) {
      if (bytes[i] != '"') {
        continue;
      }
      if (i + 1 == length) {
        return ended ? i : -1;
      }
      if (bytes[i + 1] != '"') {
        return i;
      }
      i++;
    }
    return -1;
  }

  private int lineEnds(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      byte c = bytes[i];
      count += c == '\n' || (c == '\r' && bytes[i + 1] != '\n') ? 1 : 0;
      if (c == 0) {
        throw nul(line + lines + count);
      }
    }
    return count;
  }
}
