package dev.propensity.tasks.serve.rows;

import java.time.Duration;

/**
 * How slowly a body may come: whoever sends it holds a thread for as long.
 *
 * @param grace how long the server waits for it before its pace counts
 * @param bytesPerSecond how fast it must have come on average since then
 */
record MinimumRate(Duration grace, long bytesPerSecond) {
  /** What a telephone with a bad connection still keeps up with. */
  static final MinimumRate USUAL = new MinimumRate(Duration.ofSeconds(30), 16 << 10);

  /**
   * Whether so many bytes are too few.
   *
   * @param nanoseconds that were spent in waiting for them, and not in working on them
   */
  boolean isTooSlow(long bytes, long nanoseconds) {
    double seconds = (nanoseconds - grace.toNanos()) / (double) Duration.ofSeconds(1).toNanos();
    return seconds > 0 && bytes < seconds * bytesPerSecond;
  }
}
