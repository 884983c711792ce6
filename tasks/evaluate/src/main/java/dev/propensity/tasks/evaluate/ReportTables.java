package dev.propensity.tasks.evaluate;

import dev.propensity.model.metric.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The report's tables, as numbers. */
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

  /** The metrics of the groups of a sensitive column. */
  static Table groups(List<Group> groups) {
    List<Double> recalls = new ArrayList<>();
    groups.forEach(group -> recalls.add(group.recall()));
    DoubleColumn meanScore = doubles("Mean score", groups, Group::meanScore);
    DoubleColumn baseRate = doubles("Base rate", groups, Group::baseRate);
    return Table.create(
        "groups",
        StringColumn.create(
            "Group",
            groups.stream()
                .map(group -> group.value().isEmpty() ? "(missing)" : group.value())
                .toList()),
        IntColumn.create("Rows", groups.stream().mapToInt(Group::rows).toArray()),
        baseRate,
        meanScore,
        meanScore.subtract(baseRate).setName(DIFFERENCE),
        doubles("Selected", groups, Group::selectionRate),
        DoubleColumn.create("Recall", recalls));
  }

  private static DoubleColumn doubles(
      String title, List<Group> groups, java.util.function.ToDoubleFunction<Group> value) {
    return DoubleColumn.create(title, groups.stream().mapToDouble(value).toArray());
  }
}
