package dev.propensity.tasks.evaluate;

import dev.propensity.model.metric.Group;
import dev.propensity.model.metric.GroupStatistics;
import dev.propensity.model.metric.Interval;
import dev.propensity.model.metric.TestedInterval;
import dev.propensity.report.HtmlPage;
import dev.propensity.report.HtmlPage.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The report's tables of the groups of sensitive columns. */
final class GroupTables {
  private static final String TOO_FEW = "too few";
  private static final String NONE = "–";

  private GroupTables() {}

  /** Adds them to the page; nothing where there are no groups. */
  static void add(HtmlPage page, SortedMap<String, List<Group>> columns) {
    if (columns.isEmpty()) {
      return;
    }
    page.heading("Groups")
        .paragraph(
            "Selected and recall are shares of all rows and of the positive rows at or above the"
                + " threshold. In brackets: 95% confidence intervals, by Wilson; of differences, by"
                + " Newcombe. Each group is compared with the rows of all others. An asterisk marks"
                + " a difference that is significant at 5% among the groups (Holm's method). Groups"
                + " with fewer than 30 positive rows are too few to be measured.");
    columns.forEach(
        (column, groups) -> {
          page.table(
              column + ": selection",
              List.of(
                  "Group",
                  "Rows",
                  "Selected",
                  "Selected vs. others",
                  "Recall",
                  "Recall vs. others"),
              groups.stream().map(GroupTables::selection).toList());
          page.table(
              column + ": calibration",
              List.of(
                  "Group",
                  "Positive",
                  "Positive rate",
                  "Mean score",
                  "Score − rate",
                  "Calibration slope"),
              groups.stream().map(GroupTables::calibration).toList());
        });
  }

  private static List<Cell> selection(Group group) {
    GroupStatistics statistics = group.statistics();
    List<Cell> cells = new ArrayList<>(List.of(name(group), count(group.rows())));
    if (statistics == null) {
      return tooFew(cells, 4);
    }
    cells.add(share(statistics.selectionRate()));
    cells.add(difference(statistics.selectionDifference()));
    cells.add(share(statistics.recall()));
    cells.add(difference(statistics.recallDifference()));
    return cells;
  }

  private static List<Cell> calibration(Group group) {
    GroupStatistics statistics = group.statistics();
    List<Cell> cells = new ArrayList<>(List.of(name(group), count(group.positives())));
    if (statistics == null) {
      return tooFew(cells, 4);
    }
    Interval slope = statistics.slope();
    cells.add(share(statistics.baseRate()));
    cells.add(Cell.number(format("%.2f%%", 100 * group.meanScore())));
    cells.add(difference(statistics.calibration()));
    cells.add(
        Cell.number(
            slope == null
                ? withoutSlope(group)
                : format("%.2f (%.2f to %.2f)", slope.value(), slope.low(), slope.high())));
    return cells;
  }

  private static String withoutSlope(Group group) {
    int fewest = Math.min(group.positives(), group.rows() - group.positives());
    return fewest < GroupStatistics.FEWEST_FOR_SLOPE ? TOO_FEW : NONE;
  }

  private static List<Cell> tooFew(List<Cell> cells, int count) {
    for (int i = 0; i < count; i++) {
      cells.add(Cell.number(TOO_FEW));
    }
    return cells;
  }

  private static Cell name(Group group) {
    return Cell.text(group.value().isEmpty() ? "(missing)" : group.value());
  }

  private static Cell count(int count) {
    return Cell.number(format("%,d", count));
  }

  private static Cell share(Interval share) {
    return Cell.number(
        format(
            "%.2f%% (%.2f to %.2f)", 100 * share.value(), 100 * share.low(), 100 * share.high()));
  }

  private static Cell difference(@Nullable TestedInterval difference) {
    return Cell.number(
        difference == null
            ? NONE
            : format(
                "%+.2f pp (%+.2f to %+.2f)%s",
                100 * difference.value(),
                100 * difference.low(),
                100 * difference.high(),
                difference.isSignificant() ? " *" : ""));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
