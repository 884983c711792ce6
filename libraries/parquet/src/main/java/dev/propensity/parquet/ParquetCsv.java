package dev.propensity.parquet;

import dev.propensity.table.CsvWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Parquet files as one CSV in UTF-8: commas, lines ended by LF, and a header. Rows are decoded
 * while they are read.
 */
final class ParquetCsv extends InputStream {
  private static final int FILL = 1 << 16;

  private final List<ParquetColumn> columns;
  private final Iterator<Part> parts;
  private final boolean decimalComma;
  private final LongConsumer limit;
  private final CsvWriter out = new CsvWriter(2 * FILL);
  private final PageMemory memory = new PageMemory();
  private int position;
  private long bytes;
  private @Nullable ParquetFile file;
  private @Nullable FileRows rows;

  /**
   * @param columns of the CSV, which each part has
   * @param limit gets the count of bytes while they are read, and throws where there are too many
   */
  ParquetCsv(
      List<ParquetColumn> columns, List<Part> parts, boolean decimalComma, LongConsumer limit) {
    this.columns = columns;
    this.parts = parts.iterator();
    this.decimalComma = decimalComma;
    this.limit = limit;
    out.record(columns.stream().map(ParquetColumn::name).toList());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position == out.length()) {
      fill();
    }
    int count = Math.min(length, out.length() - position);
    if (count == 0) {
      return -1;
    }
    System.arraycopy(out.bytes(), position, buffer, offset, count);
    position += count;
    bytes += count;
    limit.accept(bytes);
    return count;
  }

  private void fill() throws IOException {
    out.clear();
    position = 0;
    while (out.length() < FILL) {
      if (rows != null && rows.write()) {
        continue;
      }
      close();
      if (!parts.hasNext()) {
        return;
      }
      Part part = parts.next();
      file = ParquetFile.open(part.file(), part.where());
      rows = new FileRows(file, Part.select(file, columns), out, decimalComma, memory);
    }
  }

  @Override
  public void close() throws IOException {
    rows = null;
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
