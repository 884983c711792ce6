package dev.propensity.tasks.monitor;

import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.model.Baseline;
import dev.propensity.model.ColumnBaseline;
import dev.propensity.model.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The names of a baseline's bins. */
final class BinLabels {
  private final DatasetSpec spec;
  private final Baseline baseline;

  BinLabels(DatasetSpec spec, Baseline baseline) {
    this.spec = spec;
    this.baseline = baseline;
  }

  /** Whether a feature's bins are of numbers or dates, rather than values. */
  boolean areRanges(String feature) {
    return baseline.column(feature).numbers() != null;
  }

  /** Of values, themselves; of numbers and dates, where each bin begins, the first one empty. */
  List<String> of(String feature) {
    ColumnBaseline column = baseline.column(feature);
    Histogram numbers = column.numbers();
    if (numbers == null) {
      Map<String, Integer> values = Objects.requireNonNull(column.values());
      return List.copyOf(values.keySet());
    }
    List<String> labels = new ArrayList<>(List.of(""));
    numbers.edges().forEach(edge -> labels.add(edge(feature, edge)));
    return labels;
  }

  private String edge(String feature, float edge) {
    return spec.columns().stream()
        .filter(column -> column.name().equals(feature))
        .map(Column::date)
        .filter(Objects::nonNull)
        .findFirst()
        .map(date -> date.date(edge).toString())
        .orElseGet(() -> PageText.shortest(edge, 6));
  }

  /** Of the scores' bins. */
  List<String> ofScores() {
    List<String> labels = new ArrayList<>(List.of(""));
    baseline.scores().edges().forEach(edge -> labels.add(PageText.shortest(edge, 2)));
    return labels;
  }
}
