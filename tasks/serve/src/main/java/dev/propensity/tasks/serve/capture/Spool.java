package dev.propensity.tasks.serve.capture;

import dev.propensity.monitoring.capture.SegmentCounts;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The complete segments that are not uploaded yet, up to a number of bytes; beyond it, the oldest
 * are dropped.
 */
final class Spool {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private final SpoolFolder folder;
  private final long capacity;
  private final Deque<SpooledSegment> segments = new ArrayDeque<>();
  private @Nullable SpooledSegment uploading; // is not dropped
  private long bytes;

  /**
   * @param capacity in bytes
   */
  Spool(SpoolFolder folder, long capacity) {
    this.folder = folder;
    this.capacity = capacity;
  }

  /**
   * Adds a segment.
   *
   * @return what the segments had counted that were dropped for it
   */
  synchronized List<SegmentCounts> add(SpooledSegment segment) {
    segments.add(segment);
    bytes += segment.bytes();
    notifyAll();
    List<SegmentCounts> lost = new ArrayList<>();
    for (Iterator<SpooledSegment> i = segments.iterator(); i.hasNext() && bytes > capacity; ) {
      SpooledSegment oldest = i.next();
      if (oldest != uploading) {
        i.remove();
        bytes -= oldest.bytes();
        lost.add(oldest.counts());
        delete(oldest);
      }
    }
    return lost;
  }

  /** The oldest segment, once there is one, to upload it. */
  synchronized SpooledSegment take() throws InterruptedException {
    while (segments.isEmpty()) {
      wait();
    }
    uploading = segments.element();
    return uploading;
  }

  /** Forgets the segment that was uploaded, or is gone, and deletes its file. */
  void uploaded(SpooledSegment segment) {
    synchronized (this) {
      segments.remove(segment);
      bytes -= segment.bytes();
      uploading = null;
      notifyAll();
    }
    delete(segment);
  }

  private void delete(SpooledSegment segment) {
    try {
      folder.delete(segment.file());
    } catch (UncheckedIOException e) { // the next server with this folder uploads it again
      LOG.warn("cannot delete {}: {}", segment.file(), e.getMessage());
    }
  }

  /** The segment could not be uploaded. */
  synchronized void failed() {
    uploading = null;
  }

  /** Waits until all segments are uploaded, at most this long; whether they are. */
  synchronized boolean awaitEmpty(long milliseconds) throws InterruptedException {
    long deadline = System.nanoTime() + milliseconds * 1_000_000;
    while (!segments.isEmpty()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  synchronized long bytes() {
    return bytes;
  }

  /** When the oldest segment was complete. */
  synchronized Optional<Instant> oldest() {
    return Optional.ofNullable(segments.peek()).map(SpooledSegment::closed);
  }
}
