package dev.propensity.monitoring.profile;

import dev.propensity.monitoring.capture.SegmentBatch;
import java.nio.charset.StandardCharsets;

/** The rows of a batch that are counted: those whose time is in the window, each once. */
final class RowSelection {
  private static final long HOUR = 3_600_000;

  private final long from;
  private final long to;
  private final RowSet counted = new RowSet();
  private int[] rows = new int[1024];
  private int size;
  private int duplicates;
  private int skewed;

  RowSelection(TimeWindow window) {
    this.from = window.from().toEpochMilli();
    this.to = window.to().toEpochMilli();
  }

  /**
   * Selects rows of a batch, instead of those before.
   *
   * @param hour of the segment, in milliseconds since 1970
   */
  void select(SegmentBatch batch, long hour) {
    size = 0;
    duplicates = 0;
    skewed = 0;
    if (rows.length < batch.rows()) {
      rows = new int[batch.rows()];
    }
    for (int row = 0; row < batch.rows(); row++) {
      long time = batch.time(row);
      if (time < hour || time >= hour + HOUR) {
        skewed++;
      }
      if (time >= from && time < to) {
        byte[] request = batch.request(row).getBytes(StandardCharsets.UTF_8);
        if (counted.add(ByteHash.of(request, 0, request.length), batch.number(row))) {
          rows[size++] = row;
        } else {
          duplicates++;
        }
      }
    }
  }

  /** How many rows are selected. */
  int size() {
    return size;
  }

  /** The place in the batch of a selected row. */
  int row(int index) {
    return rows[index];
  }

  /** How many rows in the window had been counted before. */
  int duplicates() {
    return duplicates;
  }

  /** How many rows have a time that is not in the segment's hour. */
  int skewed() {
    return skewed;
  }
}
