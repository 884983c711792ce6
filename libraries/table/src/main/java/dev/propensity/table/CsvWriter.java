package dev.propensity.table;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes CSV in UTF-8: commas, lines ended by LF, quotes only where a cell needs them (RFC 4180).
 */
public final class CsvWriter implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final @Nullable OutputStream out; // null: all stays in memory
  private byte[] bytes;
  private int length;
  private boolean begun;
  private boolean empty; // the record so far is one empty cell

  /** Writes into this file. */
  public CsvWriter(Path file) {
    try {
      this.out = Files.newOutputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.bytes = new byte[BUFFER];
  }

  /** Writes into this stream, which the caller closes after {@link #flush}. */
  public CsvWriter(OutputStream out) {
    this.out = out;
    this.bytes = new byte[BUFFER];
  }

  /**
   * Writes into memory.
   *
   * @param capacity how many bytes are expected
   */
  public CsvWriter(int capacity) {
    this.out = null;
    this.bytes = new byte[Math.max(16, capacity)];
  }

  /** Writes a record of texts. */
  public void record(Iterable<String> cells) {
    cells.forEach(this::cell);
    end();
  }

  /** Writes a cell. */
  public CsvWriter cell(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return cell(utf8, 0, utf8.length);
  }

  /** Writes a cell's UTF-8. */
  public CsvWriter cell(byte[] utf8, int from, int to) {
    room(2 * (to - from) + 3);
    if (begun) {
      bytes[length++] = ',';
    }
    empty = !begun && from == to;
    begun = true;
    length = CellQuoting.write(utf8, from, to, bytes, length);
    return this;
  }

  /** Ends the record. */
  public void end() {
    room(3);
    if (empty) { // not an empty line, which is no record
      bytes[length++] = '"';
      bytes[length++] = '"';
    }
    bytes[length++] = '\n';
    begun = false;
    empty = false;
  }

  /** What was written into memory, from 0 to {@link #length}; not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes are in memory. */
  public int length() {
    return length;
  }

  /** What was written into memory, as text. */
  public String text() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** Forgets the records that were written into memory. */
  public void clear() {
    length = 0;
  }

  /** Writes what is in another's memory. */
  public void append(CsvWriter other) {
    flush();
    try {
      requireOut().write(other.bytes, 0, other.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void room(int more) {
    if (length + more <= bytes.length) {
      return;
    }
    if (out != null) {
      flush();
    }
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  private OutputStream requireOut() {
    return Objects.requireNonNull(out, "this writer writes into memory alone");
  }

  /** Writes the buffer to the file or stream. */
  public void flush() {
    try {
      requireOut().write(bytes, 0, length);
      length = 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the rest and closes the file. Further calls do nothing. */
  @Override
  public void close() {
    if (out == null) {
      return;
    }
    try (out) {
      flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
