package dev.propensity.tasks.evaluate;

import dev.propensity.model.metric.Interval;
import dev.propensity.report.HtmlPage.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Row;

/**
 * One line of the report's table of metrics.
 *
 * @param scalar the metric's name in {@code evaluation.json}
 * @param label the metric's display name
 * @param format the format of its value
 */
record MetricRow(String scalar, String label, String format) {

  /** All lines, in order. */
  static List<MetricRow> of(String currency) {
    String unit = currency.isEmpty() ? "" : ", " + currency;
    List<MetricRow> rows =
        new ArrayList<>(
            List.of(
                new MetricRow("auc", "ROC AUC", "%.4f"),
                new MetricRow("average_precision", "Average precision", "%.4f"),
                new MetricRow("log_loss", "Log loss (lower is better)", "%.4f"),
                new MetricRow("brier", "Brier score (lower is better)", "%.4f"),
                new MetricRow(
                    "calibration_error", "Expected calibration error (lower is better)", "%.4f"),
                new MetricRow(
                    "calibration_error_by_chance",
                    "Calibration error by chance (of perfectly calibrated scores)",
                    "%.4f"),
                new MetricRow("calibration_bias", "Mean score − base rate", "%.4f"),
                new MetricRow("calibration_slope", "Calibration slope (1 is best)", "%.3f"),
                new MetricRow(
                    "calibration_intercept",
                    "Calibration intercept at slope 1 (0 is best)",
                    "%.3f"),
                new MetricRow("ks", "Kolmogorov-Smirnov statistic", "%.4f")));
    for (int percent : new int[] {1, 5, 10, 20}) {
      rows.add(
          new MetricRow(
              "gain_at_" + percent, "Gain: positives in the top " + percent + "%", "%.4f"));
    }
    for (int percent : new int[] {1, 5, 10, 20}) {
      rows.add(new MetricRow("lift_at_" + percent, "Lift of the top " + percent + "%", "%.2f"));
    }
    rows.addAll(
        List.of(
            new MetricRow("threshold", "Threshold", "%.4f"),
            new MetricRow("selection_rate", "Selected at the threshold", "%.4f"),
            new MetricRow("recall", "Recall at the threshold", "%.4f"),
            new MetricRow("precision", "Precision at the threshold", "%.4f"),
            new MetricRow("profit", "Profit at the threshold" + unit, "%,.0f"),
            new MetricRow(
                "profit_forecast",
                "Forecast profit at the threshold, without test labels" + unit,
                "%,.0f")));
    return List.copyOf(rows);
  }

  /** The line's cells: name, candidate and, if there is one, champion and difference. */
  List<Cell> cells(Row row, ComparedMetrics compared) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.text(label));
    cells.add(value(row.getDouble(ReportTables.CANDIDATE), compared.candidate()));
    if (compared.champion() != null) {
      cells.add(value(row.getDouble(ReportTables.CHAMPION), compared.champion()));
      cells.add(difference(row.getDouble(ReportTables.DIFFERENCE), compared));
    }
    return cells;
  }

  private Cell value(double value, SortedMap<String, Double> scalars) {
    Double low = scalars.get(scalar + "_low");
    String interval =
        low == null
            ? ""
            : interval(format, low, Objects.requireNonNull(scalars.get(scalar + "_high"), scalar));
    return Cell.number(Double.isNaN(value) ? "–" : format(format, value) + interval);
  }

  private Cell difference(double difference, ComparedMetrics compared) {
    String signed = format.replace("%", "%+");
    Interval paired = paired(compared);
    String interval = paired == null ? "" : interval(signed, paired.low(), paired.high());
    return Cell.number(Double.isNaN(difference) ? "–" : format(signed, difference) + interval);
  }

  /** The interval of the difference on the same rows, which decides on a release. */
  private @Nullable Interval paired(ComparedMetrics compared) {
    return switch (scalar) {
      case "auc" -> compared.difference();
      case "log_loss" -> compared.logLossDifference();
      default -> null;
    };
  }

  private static String interval(String format, double low, double high) {
    return " (" + format(format, low) + " to " + format(format, high) + ")";
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
