package dev.propensity.table;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All records of a table, for tests. */
public final class Records {
  /** A record and the line on which it begins. */
  record Found(long line, List<String> cells) {}

  private Records() {}

  /** A stream that returns at most so many bytes at a time, as a slow network does. */
  public static InputStream stream(byte[] bytes, int most) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return super.read(into, offset, Math.min(length, most));
      }
    };
  }

  static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Chunks of a few bytes, so that boundaries fall everywhere. */
  static CsvChunks chunks(byte[] bytes, int read, int chunk) {
    return new CsvChunks(stream(bytes, read), "t.csv", chunk, chunk, 1 << 20);
  }

  /** The records of bytes without a header. */
  static List<Found> read(CsvChunks chunks, char separator) {
    List<Found> found = new ArrayList<>();
    read(chunks, separator, found);
    return found;
  }

  /** The same where what was read before an error counts. */
  static void read(CsvChunks chunks, char separator, List<Found> found) {
    chunks.separator(separator);
    CsvCells cells = new CsvCells("t.csv", separator);
    CellText text = new CellText("t.csv");
    for (CsvChunk chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
      add(chunk, cells, text, found);
    }
  }

  /** The records after the header. */
  static List<Found> read(CsvReader table) {
    List<Found> found = new ArrayList<>();
    CsvCells cells = new CsvCells(table.where(), table.dialect().separator());
    CellText text = new CellText(table.where());
    for (CsvChunk chunk = table.next(); chunk != null; chunk = table.next()) {
      add(chunk, cells, text, found);
    }
    return found;
  }

  static List<List<String>> cells(List<Found> found) {
    return found.stream().map(Found::cells).toList();
  }

  static CsvReader open(String text, String... known) {
    return CsvReader.open(stream(text), "t.csv", Set.of(known));
  }

  private static void add(CsvChunk chunk, CsvCells cells, CellText text, List<Found> found) {
    cells.open(chunk);
    while (cells.nextRecord()) {
      List<String> record = new ArrayList<>();
      do {
        cells.cell();
        text.set(cells);
        record.add(text.string());
      } while (!cells.endsRecord());
      found.add(new Found(cells.recordLine(), record));
    }
  }
}
