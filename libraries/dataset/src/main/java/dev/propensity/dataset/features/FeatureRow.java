package dev.propensity.dataset.features;

import dev.propensity.dataset.encoder.DateParts;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.dataset.specification.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A row's features, of a batch with all columns of the specification. */
final class FeatureRow {
  private final int[] places; // of the columns that are features
  private final DateParts parts;
  private final List<String> names = new ArrayList<>();
  private final float[] values;

  /**
   * @param columns of the specification
   */
  FeatureRow(List<Column> columns) {
    this.places =
        IntStream.range(0, columns.size()).filter(i -> columns.get(i).feature()).toArray();
    List<Column> features = columns.stream().filter(Column::feature).toList();
    this.parts = new DateParts(features);
    features.forEach(column -> names.add(column.name()));
    parts.features().stream().map(Encoder.Feature::name).forEach(names::add);
    this.values = new float[names.size()];
  }

  /** The places of the columns that are features. */
  int[] places() {
    return places;
  }

  /** The features' names, in their order. */
  List<String> names() {
    return names;
  }

  /** A row's features; the next call overwrites them. */
  float[] of(RowBatch batch, int row) {
    for (int i = 0; i < places.length; i++) {
      values[i] = batch.value(0, row, places[i]);
    }
    parts.fill(values, 0);
    return values;
  }
}
