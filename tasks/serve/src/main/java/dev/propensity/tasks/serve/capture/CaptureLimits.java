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
  /** The usual ones, with this time. */
  static CaptureLimits of(Duration segmentTime) {
    return new CaptureLimits(8L << 20, 16L << 20, segmentTime, 256L << 20, Duration.ofSeconds(10));
  }
}
