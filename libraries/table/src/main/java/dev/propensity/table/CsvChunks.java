package dev.propensity.table;

import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a CSV's bytes into chunks of whole records, so that each can be read by another thread. */
final class CsvChunks {
  private static final int FIRST = 1 << 14;
  private static final int USUAL = 1 << 18;

  private final InputStream in;
  private final String where;
  private final int usual;
  private final int longestRecord;
  private final RecordEnds ends;
  private byte[] bytes; // one byte more than is filled, for a missing line end
  private int length;
  private boolean ended;
  private long line = 1;

  /**
   * @param where the file's name, for errors
   */
  CsvChunks(InputStream in, String where) {
    this(in, where, FIRST, USUAL, CsvReader.MAX_RECORD_LENGTH);
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
    this.ends = new RecordEnds(where);
    this.bytes = new byte[first + 1];
    fill();
    if (!ended) {
      bytes = Arrays.copyOf(bytes, Math.max(first, usual) + 1);
      fill();
    }
  }

  /** The file's first bytes; {@link #available} is their number. */
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
    ends.separator(sign);
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
      ends.scan(bytes, length, ended, line);
      int end = ends.end();
      int lines = ends.lines();
      long openQuote = ends.openQuote();
      if (ended && openQuote == 0 && end < length) { // the file does not end its last record
        bytes[length++] = '\n';
        lines++;
        end = length;
      }
      if (end > 0) {
        return cut(end, lines);
      }
      if (ended) {
        throw QuotedCell.unclosed(where, openQuote);
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

  private CsvChunk cut(int end, int lines) {
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
}
