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
    byte[] bytes = batch.bytes(column);
    for (int i = 0; i < rows.size(); i++) {
      int row = rows.row(i);
      boolean missing = batch.isMissing(column, row);
      add(
          missing
              ? Float.NaN
              : cells.encode(bytes, batch.start(column, row), batch.end(column, row)));
    }
  }

  private void add(float value) {
    counter.add(value);
    for (Part part : parts) {
      boolean known = value == value;
      part.counter.add(
          known ? part.part.of(Objects.requireNonNull(dates, name).date(value)) : value);
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
