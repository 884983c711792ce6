package dev.propensity.table;

import org.jspecify.annotations.Nullable;

/**
 * An error in a cell of a table.
 *
 * @param line the line of the file on which its record begins, from 1
 * @param column the column's name; "the row" where the row as a whole is wrong
 * @param value the cell's text; null where the column as a whole is wrong
 * @param rule the column's rule, or how the value breaks it: "below 18"
 */
public record CellError(long line, String column, @Nullable String value, String rule) {
  /** How many errors of a table or a request are shown; the others are only counted. */
  public static final int MAX_SHOWN = 10;

  private static final int MAX_TEXT_LENGTH = 60;

  /** The same with a long value cut to 60 characters, to be shown. */
  public CellError shortened() {
    return value == null ? this : new CellError(line, column, shortened(value), rule);
  }

  /** Line, column, value and rule in one line. */
  public String text() {
    return "line " + line + ", " + withoutLine();
  }

  /** Column, value and rule in one line. */
  public String withoutLine() {
    if (value == null) {
      return "'" + column + "': " + rule;
    }
    String shown = shortened(value).replace("\r", "\\r").replace("\n", "\\n");
    return column + " is " + (value.isEmpty() ? "empty" : "'" + shown + "'") + ": " + rule;
  }

  private static String shortened(String value) {
    return value.length() <= MAX_TEXT_LENGTH ? value : value.substring(0, MAX_TEXT_LENGTH) + "…";
  }
}
