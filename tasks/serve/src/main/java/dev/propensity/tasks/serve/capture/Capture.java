package dev.propensity.tasks.serve.capture;

import dev.propensity.storage.ArtifactStore;
import dev.propensity.tasks.serve.http.StandardHeaders;
import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ServedModel;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Captures the rows that a server scores. */
public final class Capture implements RowCapture, AutoCloseable {
  /** The request's header with its purpose. */
  public static final String PURPOSE = "Propensity-Purpose";

  /** The purpose of requests that test the server: their rows are not captured. */
  public static final String PROBE = "probe";

  private static final Logger LOG = LoggerFactory.getLogger(Capture.class);
  private static final String ATTRIBUTE = "captured";
  private static final int LAST_MILLISECONDS = 1000;

  private final CaptureSettings settings;
  private final ModelHolder holder;
  private final CaptureCounts counts = new CaptureCounts();
  private final CaptureStats stats = new CaptureStats();
  private final Set<String> warned = ConcurrentHashMap.newKeySet(); // the models' titles
  private final CaptureQueue queue;
  private final InstantSource clock;
  private final SpoolFolder folder;
  private final Spool spool;
  private final SegmentLoop loop;
  private final Thread writer;
  private final Thread uploader;
  private volatile @Nullable CapturedColumns columns; // of the last model

  /**
   * Takes over what an earlier server left in the spool folder.
   *
   * @param holder the models that score
   * @param store for the segments; connected at first use
   * @throws dev.propensity.foundation.UserException if the folder cannot be used
   */
  public Capture(CaptureSettings settings, ModelHolder holder, Supplier<ArtifactStore> store) {
    this(settings, holder, store, InstantSource.system());
  }

  Capture(
      CaptureSettings settings,
      ModelHolder holder,
      Supplier<ArtifactStore> store,
      InstantSource clock) {
    this.settings = settings;
    this.holder = holder;
    this.clock = clock;
    this.queue = new CaptureQueue(settings.limits().queueBytes());
    this.folder = SpoolFolder.open(settings.spool());
    this.spool = new Spool(folder, settings.limits().spoolBytes());
    this.loop = new SegmentLoop(settings, queue, counts, stats, folder, spool, this::live, clock);
    this.writer = daemon(loop, "capture");
    this.uploader =
        daemon(new SegmentUploader(settings, spool, store, counts, stats), "capture upload");
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Starts to write and to upload. */
  public void start() {
    writer.start();
    uploader.start();
  }

  @Override
  public CapturedRequest request(Context context, ServedModel served) {
    if (PROBE.equals(context.header(PURPOSE))) {
      return CapturedRequest.none();
    }
    CapturedRequest request =
        new CapturedRequest(
            columns(served),
            counts,
            settings.rule().rows(),
            ThreadLocalRandom.current().nextLong());
    context.attribute(ATTRIBUTE, request);
    return request;
  }

  private CapturedColumns columns(ServedModel served) {
    CapturedColumns now = columns;
    if (now == null || now.served() != served) {
      now = CapturedColumns.of(served, settings.rule());
      columns = now;
      if (!now.areCaptured() && warned.add(served.title())) {
        LOG.warn(
            "no rows of {} are captured: capture.exclude has names that it has no column of: {};"
                + " correct them, or leave them out",
            served.title(),
            String.join(", ", now.unknown()));
      }
    }
    return now;
  }

  private @Nullable CapturedColumns live() {
    ServedModel served = holder.get().served();
    return served == null ? null : columns(served);
  }

  /** Offers the rows of a request that was answered. Never waits. */
  public void offer(Context context) {
    CapturedRequest request = context.attribute(ATTRIBUTE);
    if (request == null || context.statusCode() != 200) {
      return;
    }
    String id = String.valueOf(context.res().getHeader(StandardHeaders.REQUEST_ID));
    CapturedRows rows = request.rows(id.getBytes(StandardCharsets.UTF_8), clock.millis());
    if (rows == null) {
      return;
    }
    if (!rows.columns().areCaptured()) {
      drop(rows, CaptureStats.Reason.EXCLUDE);
    } else if (!queue.offer(rows)) {
      drop(rows, CaptureStats.Reason.QUEUE);
    }
  }

  private void drop(CapturedRows rows, CaptureStats.Reason reason) {
    counts.drop(rows);
    stats.addDropped(reason, rows.rows());
  }

  public CaptureStats stats() {
    return stats;
  }

  /** How many bytes are not written yet. */
  public long queueBytes() {
    return queue.bytes();
  }

  /** How many bytes are not uploaded yet. */
  public long spoolBytes() {
    return spool.bytes();
  }

  /** How many bytes may wait for their upload before the oldest are lost. */
  public long spoolLimit() {
    return settings.limits().spoolBytes();
  }

  /** How long the oldest segment has been waiting for its upload. */
  public Duration lag() {
    return spool
        .oldest()
        .map(closed -> Duration.between(closed, clock.instant()))
        .filter(lag -> !lag.isNegative()) // the clock was set back
        .orElse(Duration.ZERO);
  }

  /** Writes all rows, and uploads segments for some seconds; the next server uploads the others. */
  @Override
  public void close() {
    loop.stop();
    try {
      writer.join();
      if (!spool.awaitEmpty(settings.limits().stopTime().toMillis())) {
        LOG.warn("captured rows stay in {} for the next server", settings.spool());
      }
      uploader.interrupt();
      uploader.join(LAST_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    folder.close();
  }
}
