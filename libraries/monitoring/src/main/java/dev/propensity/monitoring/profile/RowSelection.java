package dev.propensity.monitoring.profile;

import dev.propensity.monitoring.capture.SegmentBatch;
import java.util.HashMap;
import java.util.Map;

/**
 * The rows of a batch that are counted: those whose time is in the window, each once. Two rows are
 * one if they have the same request, number, identifier and score: a segment that was delivered
 * twice, or a request that was sent again. The request's id alone is not enough, since proxies pass
 * one on to all requests that serve the same purpose.
 */
final class RowSelection {
  private static final long HOUR = 3_600_000;

  private final long from;
  private final long to;
  private final Map<Long, RowSet> counted = new HashMap<>(); // by hour, so that each is small
  private RowSet last = new RowSet();
  private long lastHour = -1;
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
        if (counted(time / HOUR).add(hash(batch, row), batch.number(row))) {
          rows[size++] = row;
        } else {
          duplicates++;
        }
      }
    }
  }

  private static long hash(SegmentBatch batch, int row) {
    long hash = ByteHash.of(batch.requestBytes(), batch.requestStart(row), batch.requestEnd(row));
    hash = ByteHash.mixed(hash + Float.floatToIntBits(batch.score(row)));
    if (batch.isIdentified()) {
      int from = batch.identifierStart(row);
      hash =
          ByteHash.mixed(
              hash + ByteHash.of(batch.identifierBytes(), from, batch.identifierEnd(row)));
    }
    return hash;
  }

  private RowSet counted(long hour) {
    if (hour != lastHour) {
      last = counted.computeIfAbsent(hour, same -> new RowSet());
      lastHour = hour;
    }
    return last;
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
