package dev.propensity.tasks.serve.monitoring;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;

/**
 * The Prometheus metric of the champion's release, for an alert on its age; absent if there is no
 * champion. Unlike the age of the live model, it does not begin again when the server restarts, and
 * a rollback does not make the champion younger.
 */
public final class ChampionCollector implements MultiCollector {
  private final LedgerCache ledgers;

  public ChampionCollector(LedgerCache ledgers) {
    this.ledgers = ledgers;
  }

  @Override
  public MetricSnapshots collect() {
    String since = ledgers.known().championSince();
    return since == null
        ? new MetricSnapshots()
        : new MetricSnapshots(released(Instant.parse(since)));
  }

  private static GaugeSnapshot released(Instant when) {
    return GaugeSnapshot.builder()
        .name("propensity_champion_release_timestamp_seconds")
        .help("When the champion was released for the first time")
        .dataPoint(GaugeDataPointSnapshot.builder().value(when.getEpochSecond()).build())
        .build();
  }
}
