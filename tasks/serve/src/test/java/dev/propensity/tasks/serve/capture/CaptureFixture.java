package dev.propensity.tasks.serve.capture;

import dev.propensity.dataset.specification.CaptureRule;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.tasks.serve.model.ModelHolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Captures with the limits and the clock of a test. */
public final class CaptureFixture {
  private static final CaptureLimits USUAL = CaptureLimits.of(Duration.ofSeconds(60), 256 << 20);

  private final Path spool;
  private long queueBytes = USUAL.queueBytes();
  private long spoolBytes = USUAL.spoolBytes();
  private long segmentBytes = USUAL.segmentBytes();
  private Duration segmentTime = USUAL.segmentTime();
  private Duration stopTime = USUAL.stopTime();
  private volatile Instant now; // null: the real time

  public CaptureFixture(Path spool) {
    this.spool = spool;
  }

  public CaptureFixture queueBytes(long bytes) {
    queueBytes = bytes;
    return this;
  }

  public CaptureFixture spoolBytes(long bytes) {
    spoolBytes = bytes;
    return this;
  }

  public CaptureFixture segmentBytes(long bytes) {
    segmentBytes = bytes;
    return this;
  }

  public CaptureFixture segmentTime(Duration time) {
    segmentTime = time;
    return this;
  }

  public CaptureFixture stopTime(Duration time) {
    stopTime = time;
    return this;
  }

  /** Sets the clock. */
  public CaptureFixture at(String time) {
    now = Instant.parse(time);
    return this;
  }

  /** Opens a capture of the dataset {@code name}. */
  public Capture open(
      String name, String rule, String key, ModelHolder holder, Supplier<ArtifactStore> store) {
    InstantSource clock = () -> now == null ? Instant.now() : now;
    CaptureSettings settings =
        CaptureSettings.of(
                name,
                CaptureRule.parse(rule, "--capture"),
                Optional.ofNullable(key),
                spool,
                segmentTime,
                spoolBytes)
            .with(new CaptureLimits(queueBytes, segmentBytes, segmentTime, spoolBytes, stopTime));
    return new Capture(settings, holder, store, clock);
  }
}
