package dev.propensity.tasks.serve.rows;

import dev.propensity.table.CellError;
import dev.propensity.tasks.serve.http.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The errors in a request's rows: the first ten, and the count of all. */
final class RowErrors {
  /** The kind of errors of the JSON itself. */
  static final String STRUCTURE = "structure";

  private static final int MAX_COUNTED = 1000;

  private final List<CellError> first = new ArrayList<>();
  private final SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
  private long count;
  private long rows;
  private int lastRow;

  /**
   * Adds an error.
   *
   * @param row its number, from 1
   * @param column its name; "the row" for the row as a whole
   * @param rule the column's rule, or how the value breaks it
   * @param kind the kind of the rule, as in counts
   */
  void add(int row, String column, @Nullable String value, String rule, String kind) {
    count++;
    rows += row == lastRow ? 0 : 1;
    lastRow = row;
    if (counts.size() < MAX_COUNTED || counts.containsKey(column)) {
      counts.computeIfAbsent(column, key -> new TreeMap<>()).merge(kind, 1L, Long::sum);
    }
    if (first.size() < CellError.MAX_SHOWN) {
      first.add(new CellError(row, column, value, rule).shortened());
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** How many rows have errors. */
  long rows() {
    return rows;
  }

  /** How many cells break a rule, by column and kind of rule; of the first thousand columns. */
  SortedMap<String, SortedMap<String, Long>> counts() {
    return counts;
  }

  /** The rejection of the request; its detail is the first error. */
  Problem problem() {
    CellError one = first.get(0);
    String more =
        count == 1 ? "" : "; " + (count - 1) + (count == 2 ? " more error" : " more errors");
    return Problem.ofRows(
        "row " + one.line() + ": " + one.withoutLine() + more, first, count, rows);
  }
}
