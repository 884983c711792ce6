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
  static final CaptureLimits USUAL =
      new CaptureLimits(
          8L << 20, 16L << 20, Duration.ofSeconds(60), 256L << 20, Duration.ofSeconds(10));
}
