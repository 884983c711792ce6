package dev.propensity.dataset.rows.result;

import dev.propensity.table.CellError;
import dev.propensity.table.Dialect;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A table whose header lacks columns, or has one twice; its rows were not read. */
public final class HeaderRejectedException extends TableRejectedException {
  private static final long serialVersionUID = 1L;

  /** The rule that a column must be there. */
  public static final String MISSING_COLUMN = "missing_column";

  /** The rule that a column must be there once only. */
  public static final String DUPLICATE_COLUMN = "duplicate_column";

  private final transient SortedMap<String, String> rules;

  /**
   * @param dialect how the table is written
   * @param errors the first ten
   * @param count how many there are in all
   * @param rules by column, the rule that the header breaks; all of them
   */
  public HeaderRejectedException(
      String message,
      Dialect dialect,
      List<CellError> errors,
      long count,
      SortedMap<String, String> rules) {
    super(message, dialect, errors, count, 0);
    this.rules = Collections.unmodifiableSortedMap(new TreeMap<>(rules));
  }

  /** By column, the rule that the header breaks. */
  public SortedMap<String, String> rules() {
    return rules;
  }
}
