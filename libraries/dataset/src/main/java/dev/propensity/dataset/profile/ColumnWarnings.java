package dev.propensity.dataset.profile;

import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.split.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is doubtful about a column, apart from leaks. */
final class ColumnWarnings {
  /** A category of more words is doubtful. */
  static final int MANY_WORDS = 1000;

  /** A column of fewer values is not compared with an identifier. */
  static final int FEWEST = 50;

  /**
   * Numbers with many digits may become the same in float32, and no harm is done; more than this
   * share of them is doubtful. Whole numbers that do are most likely codes or times.
   */
  private static final double MERGED = 0.01;

  private ColumnWarnings() {}

  /** The sentences. */
  static List<String> of(ColumnSummary summary) {
    List<String> warnings = new ArrayList<>();
    String name = summary.column.name();
    boolean category = summary.column.kind() == ColumnKind.CATEGORY;
    int distinct = summary.distinct();
    if (category) {
      for (List<String> group : summary.lookAlikes()) {
        warnings.add(name + ": the categories '" + String.join("', '", group) + "' look alike");
      }
    }
    long present = present(summary);
    if (summary.merged() > (summary.order().isWhole() ? 0 : MERGED * present)) {
      warnings.add(
          text(
              "%s: %s%,d %s only beyond float32's precision",
              name,
              distinct > ColumnSummary.MAX_DISTINCT ? "at least " : "",
              summary.merged(),
              summary.merged() == 1
                  ? "number differs from another"
                  : "numbers differ from others"));
    }
    if (distinct < 2) {
      warnings.add(
          name
              + (distinct == 0 ? " has no value in any row" : " has one value in all rows")
              + ": it carries no information");
    } else if (present >= FEWEST && (category && distinct == present || isSequence(summary))) {
      warnings.add(name + " has another value in each row, like an identifier: remove it");
    } else if (category && distinct > MANY_WORDS) {
      warnings.add(
          text("%s has %,d categories: group them, or use a coarser column", name, distinct));
    }
    return List.copyOf(warnings);
  }

  /** Whether the numbers are whole, differ, and rise or fall with the rows or have few gaps. */
  private static boolean isSequence(ColumnSummary summary) {
    return summary.column.kind() == ColumnKind.NUMBER
        && summary.hasNoRepeats()
        && summary.order().isSequence();
  }

  private static long present(ColumnSummary summary) {
    long present = 0;
    for (Split split : Split.values()) {
      present += summary.present(split);
    }
    return present;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
