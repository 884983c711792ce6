package dev.propensity.tasks.serve.rows;

import java.time.Duration;

/**
 * The minimum rate of a body, which occupies a thread while it arrives.
 *
 * @param grace how long the server waits before the rate is enforced
 * @param bytesPerSecond the minimum average rate since then
 */
record MinimumRate(Duration grace, long bytesPerSecond) {
  /** Low enough for a phone with a bad connection. */
  static final MinimumRate USUAL = new MinimumRate(Duration.ofSeconds(30), 16 << 10);

  /**
   * Whether this many bytes are too few.
   *
   * @param nanoseconds spent waiting for them, without processing
   */
  boolean isTooSlow(long bytes, long nanoseconds) {
    double seconds = (nanoseconds - grace.toNanos()) / (double) Duration.ofSeconds(1).toNanos();
    return seconds > 0 && bytes < seconds * bytesPerSecond;
  }
}
