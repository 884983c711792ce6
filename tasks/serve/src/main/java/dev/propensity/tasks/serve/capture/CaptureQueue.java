package dev.propensity.tasks.serve.capture;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The rows of answered requests that are not written yet: a bounded queue without locks, so that no
 * request waits for another one or for the thread that writes.
 */
final class CaptureQueue {
  private final Queue<CapturedRows> rows = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final long capacity;
  private volatile @Nullable Thread reader;

  /**
   * @param capacity in bytes
   */
  CaptureQueue(long capacity) {
    this.capacity = capacity;
  }

  /** Names the thread that is woken when the queue fills up; it looks by itself otherwise. */
  void readBy(Thread thread) {
    this.reader = thread;
  }

  /** Adds rows; false where there is no room. */
  boolean offer(CapturedRows more) {
    long size = more.size();
    long now = bytes.addAndGet(size);
    if (now > capacity) {
      bytes.addAndGet(-size);
      return false;
    }
    rows.add(more);
    if (now > capacity / 8) { // a wake-up costs more than all else
      LockSupport.unpark(reader);
    }
    return true;
  }

  /** The oldest rows; null where there are none. */
  @Nullable CapturedRows poll() {
    CapturedRows oldest = rows.poll();
    if (oldest != null) {
      bytes.addAndGet(-oldest.size());
    }
    return oldest;
  }

  /** How many bytes the rows take. */
  long bytes() {
    return bytes.get();
  }
}
