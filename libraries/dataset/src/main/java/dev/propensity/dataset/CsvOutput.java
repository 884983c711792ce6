package dev.propensity.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes CSV: UTF-8, lines ended by LF, quotes only where a cell needs them. */
final class CsvOutput implements AutoCloseable {
  private final Writer out;
  private char[] buffer = new char[1 << 15];
  private int filled;
  private boolean begun;

  CsvOutput(Path file) {
    this(writer(file));
  }

  CsvOutput(Writer out) {
    this.out = out;
  }

  private static Writer writer(Path file) {
    try {
      return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a row of texts. */
  void row(Iterable<String> cells) {
    for (String cell : cells) {
      cell(cell.toCharArray(), 0, cell.length());
    }
    end();
  }

  /** Writes a row as it was read. */
  void row(Row row) {
    for (int i = 0; i < row.cells(); i++) {
      cell(row.text(), row.start(i), row.length(i));
    }
    end();
  }

  private void cell(char[] text, int offset, int length) {
    room(2 * length + 3);
    if (begun) {
      buffer[filled++] = ',';
    }
    begun = true;
    filled = CsvCell.write(text, offset, offset + length, buffer, filled);
  }

  private void end() {
    room(1);
    buffer[filled++] = '\n';
    begun = false;
  }

  private void room(int more) {
    if (filled + more > buffer.length) {
      flush();
      if (more > buffer.length) {
        buffer = new char[more];
      }
    }
  }

  /** Hands what was written so far to the writer. */
  void flush() {
    try {
      out.write(buffer, 0, filled);
      filled = 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (out) {
      flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
