package dev.propensity.tasks.serve.monitoring;

import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.drift.Verdict;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.tracking.MonitoringEntry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.List;

/**
 * Prometheus metrics of the latest monitored window: its verdict, its end and length, and the
 * effect by column; none of them if there is no such window. A scrape never waits for the store: it
 * gets what was read last.
 */
public final class DriftCollector implements MultiCollector {
  private final LedgerCache ledgers;

  public DriftCollector(LedgerCache ledgers) {
    this.ledgers = ledgers;
  }

  @Override
  public MetricSnapshots collect() {
    LedgerSnapshot snapshot = ledgers.known();
    List<MonitoringEntry> windows = snapshot.windows();
    if (windows.isEmpty()) {
      return new MetricSnapshots();
    }
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    all.metricSnapshot(verdict(windows.get(0)));
    LedgerSnapshot.time(windows.get(0)).ifPresent(window -> window(all, window));
    if (snapshot.latest() != null) {
      all.metricSnapshot(effects(snapshot.latest()));
      Monitoring.Column scores = snapshot.latest().scores();
      if (scores != null) {
        all.metricSnapshot(
            gauge("score_effect", "The same of the score")
                .dataPoint(value(scores.effect()))
                .build());
      }
    }
    return all.build();
  }

  private static void window(MetricSnapshots.Builder all, TimeWindow window) {
    all.metricSnapshot(
        gauge("window_end_timestamp_seconds", "When the latest monitored window ends")
            .dataPoint(value(window.to().getEpochSecond()))
            .build());
    all.metricSnapshot(
        gauge("window_seconds", "The length of the latest monitored window")
            .dataPoint(value(Duration.between(window.from(), window.to()).toSeconds()))
            .build());
  }

  private static GaugeSnapshot verdict(MonitoringEntry window) {
    GaugeSnapshot.Builder verdicts =
        gauge("verdict", "1 for the verdict of the latest monitored window, else 0");
    for (Verdict verdict : Verdict.values()) {
      verdicts.dataPoint(
          point("verdict", verdict.text(), verdict.text().equals(window.verdict()) ? 1 : 0));
    }
    return verdicts.build();
  }

  private static GaugeSnapshot effects(Monitoring latest) {
    GaugeSnapshot.Builder effects =
        gauge(
            "effect",
            "How much a column of the latest monitored window differs from the reference:"
                + " population stability index without that of chance");
    for (Monitoring.Column column : latest.columns()) {
      effects.dataPoint(point("column", column.name(), column.effect()));
    }
    return effects.build();
  }

  private static GaugeSnapshot.Builder gauge(String name, String help) {
    return GaugeSnapshot.builder().name("propensity_monitoring_" + name).help(help);
  }

  private static GaugeDataPointSnapshot value(double value) {
    return GaugeDataPointSnapshot.builder().value(value).build();
  }

  private static GaugeDataPointSnapshot point(String label, String text, double value) {
    return GaugeDataPointSnapshot.builder().labels(Labels.of(label, text)).value(value).build();
  }
}
