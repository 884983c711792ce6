package dev.propensity.dataset;

import dev.propensity.foundation.UserException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is wrong with a table's rows: the first ten, and the count of each kind. */
final class BadRows {
  private static final int SHOWN = 10;

  private final List<String> first = new ArrayList<>();
  private final Map<BadCell.Rule, Long> counts = new EnumMap<>(BadCell.Rule.class);
  private long count;

  void add(long line, BadCell bad) {
    count++;
    counts.merge(bad.rule, 1L, Long::sum);
    if (first.size() < SHOWN) {
      first.add("line " + line + ", " + bad.text());
    }
  }

  long count() {
    return count;
  }

  Map<BadCell.Rule, Long> counts() {
    return counts;
  }

  /** Refuses a table, naming what was found. */
  UserException refusal(String where, long rows, String advice) {
    StringBuilder text = new StringBuilder(where);
    text.append(String.format(Locale.ROOT, ": %,d of %,d rows are bad\n", count, rows));
    first.forEach(line -> text.append(line).append('\n'));
    if (count > first.size()) {
      text.append(String.format(Locale.ROOT, "and %,d more\n", count - first.size()));
    }
    List<String> kinds = new ArrayList<>();
    counts.forEach((rule, n) -> kinds.add(String.format(Locale.ROOT, "%s: %,d", rule.text, n)));
    text.append(String.join("; ", kinds)).append(advice);
    return new UserException(text.toString());
  }

  /** What to do about rows that may not be set aside. */
  static String advice(double limit) {
    return limit == 0
        ? "\nmend them, or let bad_rows.quarantine_up_to set a share of rows aside"
        : "\nmore than bad_rows.quarantine_up_to allows: " + limit;
  }

  /** A row with too few or too many cells. */
  static BadCell ragged(Row row, int columns) {
    String shown = row.cell(0) + (row.cells() > 1 ? "," + row.cell(1) : "") + ",…";
    return new BadCell(
        "the row",
        shown,
        BadCell.Rule.RAGGED,
        row.cells() + " cells where the header has " + columns);
  }
}
