package dev.propensity.dataset;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes CSV: UTF-8, lines ended by LF, quotes only where a cell needs them. */
final class CsvOutput implements AutoCloseable {
  private final Writer out;
  private boolean begun;

  CsvOutput(Path file) {
    try {
      this.out = new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), 1 << 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CsvOutput(Writer out) {
    this.out = out;
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
    try {
      if (begun) {
        out.write(',');
      }
      begun = true;
      if (needsQuotes(text, offset, length)) {
        out.write('"' + new String(text, offset, length).replace("\"", "\"\"") + '"');
      } else {
        out.write(text, offset, length);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean needsQuotes(char[] text, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      char c = text[i];
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }

  private void end() {
    try {
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    begun = false;
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
