package dev.propensity.tasks.serve.capture;

import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
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
  private final CaptureStats stats;
  private @Nullable String lastFailure;
  private long pause = FIRST_PAUSE; // in milliseconds

  /**
   * @param store connected at first use
   */
  SegmentUploader(Spool spool, Supplier<ArtifactStore> store, CaptureStats stats) {
    this.spool = spool;
    this.store = store;
    this.stats = stats;
  }

  @Override
  public void run() {
    try {
      while (true) {
        upload(spool.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void upload(SpooledSegment segment) throws InterruptedException {
    try {
      ArtifactStore target = store.get();
      target.objects().writeUnread(target.root().resolve(segment.key()), segment.file());
      spool.uploaded(segment);
      stats.addSegment();
      pause = FIRST_PAUSE;
      if (lastFailure != null) {
        LOG.info("captured rows are uploaded again");
        lastFailure = null;
      }
    } catch (UserException | UnavailableException e) {
      failed(String.valueOf(e.getMessage()), null);
    } catch (RuntimeException e) {
      failed("internal error: " + e, e);
    }
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
