package dev.propensity.tasks.serve.capture;

import java.time.Duration;

/**
 * The bounds of memory, disk and delay.
 *
 * @param queueBytes of rows that are not written yet
 * @param segmentBytes after which a segment is closed
 * @param segmentTime without rows after which a segment is closed
 * @param spoolBytes of segments that are not uploaded yet
 * @param stopTime how long a stopping server tries to upload them
 */
record CaptureLimits(
    long queueBytes, long segmentBytes, Duration segmentTime, long spoolBytes, Duration stopTime) {
  private static final long SEGMENT = 16L << 20;
  private static final int LONGEST = 5;

  /**
   * Whether a segment is old enough to be closed: if no rows come any more, or {@value #LONGEST}
   * times as long after its first ones. So a burst can be monitored soon, and steady rows are not
   * in many small segments, each of which costs as much as thousands of rows to store and to read.
   *
   * @param sinceFirst nanoseconds since the segment's first rows
   * @param sinceLast nanoseconds since its last rows
   */
  boolean isDue(long sinceFirst, long sinceLast) {
    long pause = segmentTime.toNanos();
    return sinceLast >= pause || sinceFirst >= LONGEST * pause;
  }

  /** The usual ones, with this time and spool, of which a segment takes at most a quarter. */
  static CaptureLimits of(Duration segmentTime, long spoolBytes) {
    long segment = Math.min(SEGMENT, spoolBytes / 4);
    return new CaptureLimits(8L << 20, segment, segmentTime, spoolBytes, Duration.ofSeconds(10));
  }
}
