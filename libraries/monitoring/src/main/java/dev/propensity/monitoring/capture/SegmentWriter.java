package dev.propensity.monitoring.capture;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.table.arrow.ArrowFileWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes a segment row by row: {@link #begin}, the row's identifier and cells in any order, {@link
 * #end}. It is an Arrow IPC file with the columns {@code propensity_request} (utf8), {@code
 * propensity_row} (int32), {@code propensity_time} (timestamp[ms, UTC]), {@code
 * propensity_identifier} (utf8; only where it is captured), {@code propensity_score} (float32), and
 * one of utf8 for each captured column of the dataset. The metadata of its schema has the {@link
 * SegmentHeader} as {@code propensity}; that of the footer also has the {@link SegmentCounts} as
 * {@code propensity_counts}.
 */
public final class SegmentWriter implements AutoCloseable {
  static final String HEADER = "propensity";
  static final String COUNTS = "propensity_counts";

  private final SegmentHeader header;
  private final ArrowFileWriter file;
  private final SegmentRows rows;
  private long total;

  /**
   * Begins the file.
   *
   * @param columns the names of the captured columns
   * @throws java.io.UncheckedIOException if the disk is full, as all methods
   */
  public SegmentWriter(Path path, SegmentHeader header, List<String> columns) {
    this.header = header;
    this.rows = new SegmentRows(header.isIdentified(), columns.size());
    this.file =
        new ArrowFileWriter(
            path,
            SegmentRows.columns(header.isIdentified(), columns),
            Map.of(HEADER, CanonicalJson.text(header)));
  }

  public SegmentHeader header() {
    return header;
  }

  /** How many rows were added. */
  public long rows() {
    return total;
  }

  /** About how long the file is, in bytes, with the rows that are not written yet. */
  public long length() {
    return file.length() + rows.bytes();
  }

  /**
   * Begins a row.
   *
   * @param request the request's id, in UTF-8
   * @param number of the row in its request, from 1
   * @param time when it was scored, in milliseconds since 1970
   */
  public void begin(byte[] request, int number, long time, float score) {
    if (rows.isFull()) {
      flush();
    }
    rows.begin(request, number, time, score);
  }

  /** Sets the row's identifier, or its HMAC; without it, it is missing. */
  public void identifier(byte[] utf8, int from, int to) {
    rows.identifier(utf8, from, to);
  }

  /** Sets a cell of the row; those that are not set are missing. */
  public void cell(int column, byte[] utf8, int from, int to) {
    rows.cell(column, utf8, from, to);
  }

  /** Ends the row. */
  public void end() {
    rows.end();
    total++;
  }

  private void flush() {
    if (rows.rows() > 0) {
      file.write(rows);
      rows.clear();
    }
  }

  /** Writes the rest and the footer, without which the file is not a segment, and closes it. */
  public void finish(SegmentCounts counts) {
    flush();
    file.finish(Map.of(HEADER, CanonicalJson.text(header), COUNTS, CanonicalJson.text(counts)));
    file.close();
  }

  /** Closes the file, if it is open. */
  @Override
  public void close() {
    file.close();
  }
}
