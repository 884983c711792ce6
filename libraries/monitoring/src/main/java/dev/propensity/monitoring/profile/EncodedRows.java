package dev.propensity.monitoring.profile;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.model.Baseline;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts rows that a model's encoder has encoded, in the bins of the model's baseline. */
public final class EncodedRows {
  private final List<Encoder.Feature> features;
  private final FeatureCounter[] counters;

  /** Counts nothing yet. */
  public EncodedRows(Encoder encoder, Baseline baseline) {
    this.features = encoder.features();
    this.counters =
        features.stream()
            .map(feature -> new FeatureCounter(feature, baseline.column(feature.name())))
            .toArray(FeatureCounter[]::new);
  }

  /**
   * Counts rows.
   *
   * @param values row-major {@code [rows][features]}; a missing value is NaN
   */
  public void add(float[] values) {
    for (int feature = 0; feature < counters.length; feature++) {
      counters[feature].add(values, feature, values.length, counters.length);
    }
  }

  /** Adds the counts of others, of the same encoder and baseline. */
  public void add(EncodedRows others) {
    for (int feature = 0; feature < counters.length; feature++) {
      counters[feature].add(others.counters[feature]);
    }
  }

  /** The counts by feature. */
  public SortedMap<String, ColumnProfile> columns() {
    SortedMap<String, ColumnProfile> columns = new TreeMap<>();
    for (int feature = 0; feature < counters.length; feature++) {
      columns.put(features.get(feature).name(), counters[feature].profile());
    }
    return columns;
  }
}
