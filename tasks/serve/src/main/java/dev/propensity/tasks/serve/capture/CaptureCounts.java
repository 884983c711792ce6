package dev.propensity.tasks.serve.capture;

import dev.propensity.monitoring.capture.SegmentCounts;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What is to be reported by the next segment, besides its own rows: what requests counted, and what
 * lost segments had counted.
 */
final class CaptureCounts {
  private final LongAdder answered = new LongAdder();
  private final LongAdder sampledOut = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private long rejectedRows;
  private SortedMap<String, SortedMap<String, Long>> rejected = new TreeMap<>();
  private @Nullable SegmentCounts carried;

  /** Counts a request's rows that are not queued. */
  void drop(CapturedRows rows) {
    answered.add(rows.answered());
    sampledOut.add(rows.answered() - rows.rows());
    dropped.add(rows.rows());
  }

  /**
   * Counts rejected rows.
   *
   * @param cells by column and rule
   */
  synchronized void reject(
      CapturedColumns columns, long rows, SortedMap<String, SortedMap<String, Long>> cells) {
    rejectedRows += rows;
    cells.forEach(
        (column, rules) ->
            rules.forEach(
                (rule, count) ->
                    rejected
                        .computeIfAbsent(columns.known(column), key -> new TreeMap<>())
                        .merge(rule, count, Long::sum)));
  }

  /** Adds what is in no segment yet: of one that was lost or could not be written, or a gap. */
  synchronized void carry(SegmentCounts more) {
    carried = carried == null ? more : carried.plus(more);
  }

  /** Whether there is nothing to report. */
  synchronized boolean isEmpty() {
    return carried == null
        && rejectedRows == 0
        && answered.sum() + sampledOut.sum() + dropped.sum() == 0;
  }

  /** Takes the counts, and begins again. */
  synchronized SegmentCounts take(Instant now) {
    SegmentCounts taken =
        new SegmentCounts(
            0,
            answered.sumThenReset(),
            sampledOut.sumThenReset(),
            dropped.sumThenReset(),
            rejectedRows,
            rejected,
            null,
            now.toString());
    rejectedRows = 0;
    rejected = new TreeMap<>();
    SegmentCounts all = carried == null ? taken : carried.plus(taken);
    carried = null;
    return all;
  }
}
