package dev.propensity.tasks.serve.rows;

import dev.propensity.table.CellError;
import dev.propensity.tasks.serve.http.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The errors in a request's rows: the first ten, and the count of all. */
final class RowErrors {
  private final List<CellError> first = new ArrayList<>();
  private long count;

  /**
   * Adds an error.
   *
   * @param row its number, from 1
   * @param column its name; "the row" for the row as a whole
   */
  void add(int row, String column, @Nullable String value, String rule) {
    count++;
    if (first.size() < CellError.MAX_SHOWN) {
      first.add(new CellError(row, column, value, rule).shortened());
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The rejection of the request; its detail is the first error. */
  Problem problem() {
    CellError one = first.get(0);
    String more =
        count == 1 ? "" : "; " + (count - 1) + (count == 2 ? " more error" : " more errors");
    return Problem.ofRows("row " + one.line() + ": " + one.withoutLine() + more, first, count);
  }
}
