package dev.propensity.tasks.serve.monitoring;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DateRule;
import dev.propensity.model.Baseline;
import dev.propensity.model.ColumnBaseline;
import dev.propensity.model.Histogram;
import dev.propensity.tasks.serve.model.ServedModel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the bins of a model's columns are: the edges of numbers and dates, and the values. */
final class BinLabels {
  private BinLabels() {}

  /**
   * By feature, {@code {edges: […]}} or {@code {values: […]}}, of ordered values with the {@code
   * order} of their bins; empty without a baseline.
   */
  static Map<String, Object> of(ServedModel served) {
    Map<String, Object> labels = new TreeMap<>();
    Baseline baseline = served.baseline();
    if (baseline != null) {
      for (Encoder.Feature feature : served.model().encoder().features()) {
        labels.put(feature.name(), label(feature, baseline.column(feature.name())));
      }
    }
    return labels;
  }

  /** The edges between the bins of the scores; empty without a baseline. */
  static List<Float> scoreEdges(ServedModel served) {
    Baseline baseline = served.baseline();
    return baseline == null ? List.of() : baseline.scores().edges();
  }

  private static Map<String, Object> label(Encoder.Feature feature, ColumnBaseline column) {
    if (column.numbers() != null) {
      return Map.of("edges", edges(feature, column.numbers()));
    }
    List<String> values =
        column.values() == null ? List.of() : List.copyOf(column.values().keySet());
    List<String> order = feature.column().values();
    return feature.column().kind() == ColumnKind.ORDINAL
        ? Map.of("values", values, "order", order.stream().map(values::indexOf).toList())
        : Map.of("values", values);
  }

  /** The edges; of dates, as they are written. */
  private static List<?> edges(Encoder.Feature feature, Histogram numbers) {
    DateRule dates = feature.part() == null ? feature.column().date() : null;
    return dates == null
        ? numbers.edges()
        : numbers.edges().stream().map(days -> dates.date(days).toString()).toList();
  }
}
