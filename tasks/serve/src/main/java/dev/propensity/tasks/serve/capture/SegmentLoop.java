package dev.propensity.tasks.serve.capture;

import dev.propensity.monitoring.capture.SegmentCounts;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the queue's rows to segments: the only thread that does. */
final class SegmentLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentLoop.class);
  private static final long POLL_NANOS = Duration.ofMillis(50).toNanos();
  private static final long RETRY_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int LAST_SEGMENTS = 8;

  private final String server = UUID.randomUUID().toString();
  private final CaptureSettings settings;
  private final CaptureQueue queue;
  private final CaptureCounts counts;
  private final CaptureStats stats;
  private final SpoolFolder folder;
  private final Spool spool;
  private final Supplier<@Nullable CapturedColumns> live;
  private final InstantSource clock;
  private Instant complete; // rows that were answered before are counted
  private @Nullable OpenSegment open;
  private long closed = System.nanoTime();
  private long retry = System.nanoTime(); // before it, the disk is not tried again
  private boolean failing;
  private volatile boolean stopping;

  /**
   * @param live what is captured of the live model's rows; null where there is none
   */
  SegmentLoop(
      CaptureSettings settings,
      CaptureQueue queue,
      CaptureCounts counts,
      CaptureStats stats,
      SpoolFolder folder,
      Spool spool,
      Supplier<@Nullable CapturedColumns> live,
      InstantSource clock) {
    this.settings = settings;
    this.queue = queue;
    this.counts = counts;
    this.stats = stats;
    this.folder = folder;
    this.spool = spool;
    this.live = live;
    this.clock = clock;
    this.complete = takeOver();
  }

  /** Takes over what an earlier server left. */
  private Instant takeOver() {
    Instant now = clock.instant();
    Instant killed = folder.killedSince().orElse(null);
    for (SpooledSegment segment : folder.leftover()) {
      carryLost(spool.add(segment), CaptureStats.Reason.SPOOL);
    }
    if (killed != null) {
      counts.carry(SegmentCounts.none(now).with(SegmentCounts.Gap.between(killed, now)));
      LOG.warn("an earlier server was killed: rows that it answered since {} may be lost", killed);
    }
    return killed == null ? now : killed;
  }

  @Override
  public void run() {
    queue.readBy(Thread.currentThread());
    folderCall(() -> folder.mark(complete)); // a gap stays until it is in a segment
    while (true) {
      boolean last = stopping; // nothing is added after it
      Instant now = clock.instant();
      try {
        drain();
        complete = now;
        if (!last) {
          closeIfDue();
        }
      } catch (RuntimeException e) { // rows are lost rather than all that follow
        LOG.error("internal error while capturing: please report it with these lines", e);
        if (open != null) {
          abandon(open);
        }
      }
      if (last) {
        break;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    close();
    for (int i = 0; i < LAST_SEGMENTS && !counts.isEmpty(); i++) {
      close(); // reports the segments that the one before displaced
    }
    if (counts.isEmpty()) {
      folderCall(folder::unmark);
    }
  }

  /** Writes what is in the queue, and ends. */
  void stop() {
    stopping = true;
  }

  private void drain() {
    for (CapturedRows rows = queue.poll(); rows != null; rows = queue.poll()) {
      add(rows);
    }
  }

  private void add(CapturedRows rows) {
    if (open != null && !open.takes(rows)) {
      close();
    }
    OpenSegment segment =
        open != null ? open : open(rows.columns(), Instant.ofEpochMilli(rows.time()));
    if (segment == null) {
      counts.drop(rows);
      stats.addDropped(CaptureStats.Reason.DISK, rows.rows());
      return;
    }
    try {
      segment.add(rows);
      stats.addRows(rows.rows());
    } catch (UncheckedIOException e) {
      abandon(segment);
      postpone(e);
      return;
    }
    if (segment.isFull(settings.limits())) {
      close();
    }
  }

  /** Opens a segment; null where the disk cannot be written. */
  private @Nullable OpenSegment open(CapturedColumns columns, Instant time) {
    if (System.nanoTime() - retry < 0) {
      return null;
    }
    try {
      Path file = folder.newSegment();
      try {
        open = new OpenSegment(columns, file, time, settings, server);
      } catch (UncheckedIOException e) {
        folder.delete(file);
        throw e;
      }
    } catch (UncheckedIOException e) {
      postpone(e);
    }
    return open;
  }

  private void closeIfDue() {
    if (open != null) {
      if (open.isDue(clock.instant(), settings.limits())) {
        close();
      }
    } else if (System.nanoTime() - closed >= settings.limits().segmentTime().toNanos()) {
      closed = System.nanoTime();
      close();
      if (counts.isEmpty()) { // so that a gap does not begin before
        folderCall(() -> folder.mark(complete));
      }
    }
  }

  /** Closes the segment, or writes one without rows where there is something to report. */
  private void close() {
    OpenSegment segment = open;
    if (segment == null && !counts.isEmpty()) {
      CapturedColumns columns = live.get();
      segment = columns == null ? null : open(columns, clock.instant());
    }
    if (segment == null) {
      return;
    }
    Instant now = clock.instant();
    SegmentCounts others = counts.take(now);
    SegmentCounts all = others.plus(segment.counts(now));
    try {
      segment.finish(all);
      SpooledSegment spooled = folder.complete(segment.file(), segment.header(), all);
      open = null;
      closed = System.nanoTime();
      carryLost(spool.add(spooled), CaptureStats.Reason.SPOOL);
      folder.mark(complete);
      if (failing) {
        LOG.info("captured rows are written again");
        failing = false;
      }
    } catch (UncheckedIOException e) {
      if (open == null) { // it is complete
        postpone(e);
      } else {
        counts.carry(others);
        abandon(segment);
        postpone(e);
      }
    }
  }

  /** Gives up the segment, whose rows are lost. */
  private void abandon(OpenSegment segment) {
    open = null;
    carryLost(List.of(segment.counts(clock.instant())), CaptureStats.Reason.DISK);
    folderCall(segment::abandon);
    folderCall(() -> folder.delete(segment.file()));
  }

  private void carryLost(List<SegmentCounts> segments, CaptureStats.Reason reason) {
    for (SegmentCounts lost : segments) {
      stats.addDropped(reason, lost.rows());
      counts.carry(lost.lost());
    }
  }

  private void postpone(UncheckedIOException e) {
    if (!failing) {
      LOG.warn("captured rows are lost: cannot write to the spool folder: {}", e.getMessage());
    }
    failing = true;
    retry = System.nanoTime() + RETRY_NANOS;
  }

  private void folderCall(Runnable call) {
    try {
      call.run();
    } catch (UncheckedIOException e) {
      postpone(e);
    }
  }
}
