package dev.propensity.tasks.serve.metrics;

import dev.propensity.tasks.serve.capture.Capture;
import dev.propensity.tasks.serve.capture.CaptureStats;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Locale;

/** Prometheus metrics of the capture: rows, losses, and what waits for the disk and for S3. */
final class CaptureCollector implements MultiCollector {
  private final Capture capture;

  CaptureCollector(Capture capture) {
    this.capture = capture;
  }

  @Override
  public MetricSnapshots collect() {
    CaptureStats stats = capture.stats();
    return MetricSnapshots.of(
        counter("rows", "Captured rows", stats.rows()),
        dropped(stats),
        counter("segments", "Uploaded segments of captured rows", stats.segments()),
        counter("upload_failures", "Failed uploads of captured rows", stats.failures()),
        gauge("queue_bytes", "Captured rows that are not written yet", capture.queueBytes()),
        gauge("spool_bytes", "Segments that are not uploaded yet", capture.spoolBytes()),
        gauge(
            "spool_limit_bytes",
            "How much may wait for its upload before the oldest segments are lost",
            capture.spoolLimit()),
        gauge(
            "upload_lag_seconds",
            "How long the oldest segment has been waiting for its upload",
            capture.lag().toMillis() / 1000.0));
  }

  private static CounterSnapshot dropped(CaptureStats stats) {
    CounterSnapshot.Builder dropped =
        CounterSnapshot.builder()
            .name("propensity_capture_dropped_rows")
            .help(
                "Rows that were lost: the queue or the spool was full, the disk failed, or an"
                    + " excluded column is unknown");
    for (CaptureStats.Reason reason : CaptureStats.Reason.values()) {
      dropped.dataPoint(
          CounterSnapshot.CounterDataPointSnapshot.builder()
              .labels(Labels.of("reason", reason.name().toLowerCase(Locale.ROOT)))
              .value(stats.dropped(reason))
              .build());
    }
    return dropped.build();
  }

  private static MetricSnapshot counter(String name, String help, long value) {
    return CounterSnapshot.builder()
        .name("propensity_capture_" + name)
        .help(help)
        .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder().value(value).build())
        .build();
  }

  private static MetricSnapshot gauge(String name, String help, double value) {
    return GaugeSnapshot.builder()
        .name("propensity_capture_" + name)
        .help(help)
        .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder().value(value).build())
        .build();
  }
}
