package dev.propensity.tasks.serve.metrics;

import dev.propensity.tasks.serve.model.ModelHolder;
import dev.propensity.tasks.serve.model.ModelStatus;
import dev.propensity.tasks.serve.model.ServedModel;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;

/** Prometheus metrics of the live model, its age, and the predictions. */
final class ModelCollector implements MultiCollector {
  private final ModelHolder holder;
  private final PredictionStats stats;

  ModelCollector(ModelHolder holder, PredictionStats stats) {
    this.holder = holder;
    this.stats = stats;
  }

  @Override
  public MetricSnapshots collect() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    ModelStatus state = holder.get();
    all.metricSnapshot(
        gauge("propensity_model_ready", "1 if a model is live, else 0", state.served() != null));
    if (state.served() != null) {
      model(all, state, state.served());
    }
    all.metricSnapshot(counter("propensity_rows_scored", "Rows scored", stats.rows()));
    all.metricSnapshot(
        counter(
            "propensity_rows_rejected",
            "Rows rejected for a cell that breaks a rule",
            stats.rejectedRows()));
    all.metricSnapshot(scores());
    all.metricSnapshot(cells());
    return all.build();
  }

  private static CounterSnapshot counter(String name, String help, long value) {
    return CounterSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder().value(value).build())
        .build();
  }

  private static void model(MetricSnapshots.Builder all, ModelStatus state, ServedModel served) {
    all.metricSnapshot(
        InfoSnapshot.builder()
            .name("propensity_model")
            .help("The live model")
            .dataPoint(
                InfoSnapshot.InfoDataPointSnapshot.builder()
                    .labels(
                        Labels.of(
                            "name", served.name(),
                            "version", String.valueOf(served.version()),
                            "digest", served.digest().abbreviated(12)))
                    .build())
            .build());
    if (served.version() != null) {
      all.metricSnapshot(
          gauge("propensity_model_version", "The version of the live model", served.version()));
    }
    double age = Duration.between(state.since(), Instant.now()).toMillis() / 1000.0;
    all.metricSnapshot(
        gauge("propensity_model_age_seconds", "How long the model has been live", age));
  }

  private HistogramSnapshot scores() {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    long[] bins = stats.bins();
    for (int bin = 0; bin < bins.length; bin++) {
      buckets.bucket((bin + 1.0) / bins.length, bins[bin]);
    }
    buckets.bucket(Double.POSITIVE_INFINITY, 0);
    return HistogramSnapshot.builder()
        .name("propensity_score")
        .help("Scores")
        .dataPoint(
            HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(stats.sum())
                .build())
        .build();
  }

  private CounterSnapshot cells() {
    CounterSnapshot.Builder cells =
        CounterSnapshot.builder()
            .name("propensity_cells")
            .help("Cells that were empty, or had a category that was not in the training data");
    stats
        .columns()
        .forEach(
            (column, counts) -> {
              cells.dataPoint(count(column, "missing", counts.missing()));
              cells.dataPoint(count(column, "unseen", counts.unseen()));
            });
    return cells.build();
  }

  private static CounterSnapshot.CounterDataPointSnapshot count(
      String column, String kind, long value) {
    return CounterSnapshot.CounterDataPointSnapshot.builder()
        .labels(Labels.of("column", column, "kind", kind))
        .value(value)
        .build();
  }

  private static GaugeSnapshot gauge(String name, String help, boolean value) {
    return gauge(name, help, value ? 1 : 0);
  }

  private static GaugeSnapshot gauge(String name, String help, double value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder().value(value).build())
        .build();
  }
}
