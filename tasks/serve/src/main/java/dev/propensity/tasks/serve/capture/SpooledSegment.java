package dev.propensity.tasks.serve.capture;

import dev.propensity.monitoring.capture.SegmentCounts;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A complete segment in the spool folder.
 *
 * @param key where it goes below the store's root
 */
record SpooledSegment(Path file, String key, long bytes, SegmentCounts counts) {
  Instant closed() {
    return Instant.parse(counts.closed());
  }
}
