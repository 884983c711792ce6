package dev.propensity.tasks.serve.capture;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** The counts of capturing since the server was started, for its metrics. */
public final class CaptureStats {
  /** Why rows are dropped. */
  public enum Reason {
    /** The queue was full. */
    QUEUE,
    /** The disk could not be written. */
    DISK,
    /** The spool was full. */
    SPOOL,
    /** A name of {@code capture.exclude} is no column of the model. */
    EXCLUDE
  }

  private final LongAdder rows = new LongAdder();
  private final LongAdder segments = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder[] dropped = new LongAdder[Reason.values().length];

  CaptureStats() {
    Arrays.setAll(dropped, i -> new LongAdder());
  }

  void addRows(long count) {
    rows.add(count);
  }

  void addDropped(Reason reason, long count) {
    dropped[reason.ordinal()].add(count);
  }

  void addSegment() {
    segments.increment();
  }

  void addFailure() {
    failures.increment();
  }

  /** Rows that were written to a segment. */
  public long rows() {
    return rows.sum();
  }

  /** Rows that were lost. */
  public long dropped(Reason reason) {
    return dropped[reason.ordinal()].sum();
  }

  /** Segments that were uploaded. */
  public long segments() {
    return segments.sum();
  }

  /** Uploads that failed. */
  public long failures() {
    return failures.sum();
  }
}
