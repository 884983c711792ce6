package dev.propensity.tasks.evaluate;

import java.util.List;
import java.util.SortedMap;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The report's table of metrics, as numbers. */
final class ReportTables {
  static final String METRIC = "Metric";
  static final String CANDIDATE = "Candidate";
  static final String CHAMPION = "Champion";
  static final String DIFFERENCE = "Difference";

  private ReportTables() {}

  /** Every metric of the candidate and, if there is one, of the champion, with the difference. */
  static Table metrics(ComparedMetrics compared, List<String> names) {
    DoubleColumn candidate = column(CANDIDATE, compared.candidate(), names);
    Table table = Table.create("metrics", StringColumn.create(METRIC, names), candidate);
    if (compared.champion() != null) {
      DoubleColumn champion = column(CHAMPION, compared.champion(), names);
      table.addColumns(champion, candidate.subtract(champion).setName(DIFFERENCE));
    }
    return table;
  }

  private static DoubleColumn column(
      String title, SortedMap<String, Double> scalars, List<String> names) {
    DoubleColumn column = DoubleColumn.create(title);
    names.forEach(name -> column.append(scalars.get(name))); // missing if there is none
    return column;
  }
}
