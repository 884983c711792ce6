package dev.propensity.dataset.draft;

import dev.propensity.dataset.split.Splitter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A random sample of a table's records as they are in the file, in their order; all of them where
 * the table is small. A record is in it by a hash of its number, so the same table has the same
 * sample.
 */
final class RowSample {
  private static final long MAX_BYTES = 64L << 20;

  private final byte[] header;
  private final int maxRows;
  private List<Row> rows = new ArrayList<>();
  private long bytes;
  private final HashRange range = new HashRange(); // of the records that are kept
  private long records;

  private record Row(long hash, byte[] text) {}

  /**
   * @param header the bytes before the first record
   * @param maxRows of larger tables, about half as many rows are kept, or more
   */
  RowSample(byte[] header, int maxRows) {
    this.header = header;
    this.maxRows = maxRows;
  }

  /** Adds the next record of the table, or not. */
  void add(byte[] chunk, int from, int to) {
    long hash = Splitter.mix(++records);
    if (!range.contains(hash)) {
      return;
    }
    rows.add(new Row(hash, Arrays.copyOfRange(chunk, from, to)));
    bytes += to - from;
    while (rows.size() > maxRows || bytes > MAX_BYTES && rows.size() > 1) {
      range.halve();
      rows = new ArrayList<>(rows.stream().filter(row -> range.contains(row.hash)).toList());
      bytes = rows.stream().mapToLong(row -> row.text.length).sum();
    }
  }

  /** How many records it holds. */
  int size() {
    return rows.size();
  }

  /** Whether it holds every record. */
  boolean isComplete() {
    return range.isWhole();
  }

  /** The header and the records of the sample: a table. */
  InputStream table() {
    ByteArrayOutputStream table = new ByteArrayOutputStream((int) bytes + header.length);
    table.writeBytes(header);
    rows.forEach(row -> table.writeBytes(row.text));
    return new ByteArrayInputStream(table.toByteArray());
  }
}
