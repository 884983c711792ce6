package dev.propensity.tasks.serve.capture;

import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.capture.Retention;
import dev.propensity.monitoring.capture.SegmentHeader;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Uploads the segments of a spool, the oldest first, and tries again until S3 is available. */
final class SegmentUploader implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentUploader.class);
  private static final long FIRST_PAUSE = 500;
  private static final long LAST_PAUSE = 30_000;

  private final Spool spool;
  private final Supplier<ArtifactStore> store;
  private final CaptureCounts counts;
  private final CaptureStats stats;
  private final Retention retention;
  private final String name;
  private boolean isRetentionWritten;
  private @Nullable String lastFailure;
  private long pause = FIRST_PAUSE; // in milliseconds

  /**
   * @param settings with the dataset's name, and how long its segments are kept
   * @param store connected at first use
   * @param counts of what is lost
   */
  SegmentUploader(
      CaptureSettings settings,
      Spool spool,
      Supplier<ArtifactStore> store,
      CaptureCounts counts,
      CaptureStats stats) {
    this.name = settings.name();
    this.retention = new Retention(settings.rule().days());
    this.spool = spool;
    this.store = store;
    this.counts = counts;
    this.stats = stats;
  }

  @Override
  public void run() {
    try {
      while (true) {
        attempt(spool.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void attempt(SpooledSegment segment) throws InterruptedException {
    try {
      if (Files.notExists(segment.file())) { // not where it cannot be read
        lose(segment);
      } else {
        upload(segment);
      }
    } catch (UserException | UnavailableException e) {
      failed(String.valueOf(e.getMessage()), null);
    } catch (UncheckedIOException e) {
      failed("cannot read " + segment.file() + ": " + e.getMessage(), null);
    } catch (RuntimeException e) {
      failed("internal error: " + e, e);
    }
  }

  private void upload(SpooledSegment segment) {
    ArtifactStore target = store.get();
    if (!isRetentionWritten) {
      S3Location place = target.root().resolve(Retention.key(SegmentHeader.PREFIX, name));
      target.objects().write(place, CanonicalJson.bytes(retention));
      isRetentionWritten = true;
    }
    target.objects().writeUnread(target.root().resolve(segment.key()), segment.file());
    spool.uploaded(segment);
    stats.addSegment();
    pause = FIRST_PAUSE;
    if (lastFailure != null) {
      LOG.info("captured rows are uploaded again");
      lastFailure = null;
    }
  }

  /** Counts the rows of a segment that someone deleted, such as a cleaner of temporary files. */
  private void lose(SpooledSegment segment) {
    LOG.warn("{} was deleted before it was uploaded: its rows are lost", segment.file());
    stats.addDropped(CaptureStats.Reason.DISK, segment.counts().rows());
    counts.carry(segment.counts().lost());
    spool.uploaded(segment);
  }

  private void failed(String message, @Nullable Throwable defect) throws InterruptedException {
    spool.failed();
    stats.addFailure();
    if (!message.equals(lastFailure)) {
      LOG.warn("cannot upload captured rows, retrying: {}", message, defect);
      lastFailure = message;
    }
    Thread.sleep(pause);
    pause = Math.min(LAST_PAUSE, 2 * pause);
  }
}
