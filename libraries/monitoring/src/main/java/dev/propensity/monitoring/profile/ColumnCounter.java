package dev.propensity.monitoring.profile;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.specification.DatePart;
import dev.propensity.dataset.specification.DateRule;
import dev.propensity.model.Baseline;
import dev.propensity.monitoring.capture.SegmentBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts the cells of a raw column: its feature, and those that are parts of its dates. */
final class ColumnCounter {
  private record Part(String feature, DatePart part, FeatureCounter counter) {}

  private final String name;
  private final CellEncoder cells;
  private final FeatureCounter counter;
  private final @Nullable DateRule dates;
  private final List<Part> parts = new ArrayList<>();
  private float[] values = new float[0]; // of a batch

  /**
   * @param place of the column's own feature
   */
  ColumnCounter(Encoder encoder, int place, Baseline baseline) {
    Encoder.Feature own = encoder.columns().get(place);
    this.name = own.name();
    this.cells = new CellEncoder(encoder.reader(place));
    this.counter = new FeatureCounter(own, baseline.column(name));
    this.dates = own.column().date();
    for (Encoder.Feature feature : encoder.features()) {
      DatePart part = feature.part();
      if (part != null && feature.column().name().equals(name)) {
        parts.add(
            new Part(
                feature.name(),
                part,
                new FeatureCounter(feature, baseline.column(feature.name()))));
      }
    }
  }

  /** Counts the selected cells of a batch's column. */
  void add(SegmentBatch batch, int column, RowSelection rows) {
    int size = rows.size();
    if (values.length < size) {
      values = new float[size];
    }
    cells.encode(batch, column, rows, values);
    counter.add(values, 0, size, 1);
    for (Part part : parts) {
      DateRule rule = Objects.requireNonNull(dates, name);
      for (int i = 0; i < size; i++) {
        float value = values[i];
        part.counter.add(value == value ? part.part.of(rule.date(value)) : value);
      }
    }
  }

  /** The names of the features that follow from this column. */
  List<String> features() {
    List<String> names = new ArrayList<>(List.of(name));
    parts.forEach(part -> names.add(part.feature));
    return names;
  }

  void putTo(Map<String, ColumnProfile> columns) {
    columns.put(name, counter.profile());
    parts.forEach(part -> columns.put(part.feature, part.counter.profile()));
  }
}
