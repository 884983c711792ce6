package dev.propensity.tasks.serve.capture;

import java.time.Duration;

/**
 * The bounds of memory, disk and delay.
 *
 * @param queueBytes of rows that are not written yet
 * @param segmentBytes after which a segment is closed
 * @param segmentTime after which a segment is closed
 * @param spoolBytes of segments that are not uploaded yet
 * @param stopTime how long a stopping server tries to upload them
 */
record CaptureLimits(
    long queueBytes, long segmentBytes, Duration segmentTime, long spoolBytes, Duration stopTime) {
  private static final long SEGMENT = 16L << 20;

  /** The usual ones, with this time and spool, of which a segment takes at most a quarter. */
  static CaptureLimits of(Duration segmentTime, long spoolBytes) {
    long segment = Math.min(SEGMENT, spoolBytes / 4);
    return new CaptureLimits(8L << 20, segment, segmentTime, spoolBytes, Duration.ofSeconds(10));
  }
}
