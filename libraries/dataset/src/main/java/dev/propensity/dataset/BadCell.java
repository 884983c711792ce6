package dev.propensity.dataset;

/** A cell that breaks its column's rule. It has no stack trace, for there may be millions. */
final class BadCell extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 60;

  /** The rules that a row can break. */
  enum Rule {
    RAGGED("rows with too few or too many cells"),
    NOT_A_NUMBER("text in a number"),
    NOT_FINITE("NaN or infinity"),
    OUT_OF_RANGE("number out of range"),
    NOT_LISTED("value outside the list"),
    MISSING("empty cell where a value must stand"),
    LABEL("label of a third value"),
    DOUBLED("doubled identifier");

    final String text;

    Rule(String text) {
      this.text = text;
    }
  }

  final String column;
  final String value;
  final Rule rule;

  /**
   * @param message what is wrong with the value
   */
  BadCell(String column, String value, Rule rule, String message) {
    super(message, null, false, false);
    this.column = column;
    this.value = value;
    this.rule = rule;
  }

  /** Column, value and rule on one line. */
  String text() {
    String shown = value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
    String line = shown.replace("\r", "\\r").replace("\n", "\\n");
    return column + " is " + (value.isEmpty() ? "empty" : "'" + line + "'") + ": " + getMessage();
  }
}
