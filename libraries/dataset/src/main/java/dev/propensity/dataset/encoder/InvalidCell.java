package dev.propensity.dataset.encoder;

import dev.propensity.table.CellError;
import java.util.Locale;
import java.util.Objects;

/** A cell that breaks its column's rule. It has no stack trace, since there may be millions. */
public final class InvalidCell extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The rules that a row can break. */
  public enum Rule {
    RAGGED("rows with too few or too many cells"),
    NOT_A_NUMBER("text in a number"),
    NOT_FINITE("NaN or infinity"),
    OUT_OF_RANGE("number out of range"),
    NOT_A_DATE("invalid date"),
    DATE_OUT_OF_RANGE("date out of range"),
    NOT_LISTED("value outside the list"),
    MISSING("missing value"),
    LABEL("label of a third value"),
    DUPLICATE("duplicate identifier"),
    TOO_LONG("identifier too long");

    public final String text;

    Rule(String text) {
      this.text = text;
    }

    /** The rule's name in files: {@code out_of_range}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public final String column;
  final String value;
  public final Rule rule;

  /**
   * @param message what is wrong with the value
   */
  public InvalidCell(String column, String value, Rule rule, String message) {
    super(Objects.requireNonNull(message), null, false, false);
    this.column = column;
    this.value = value;
    this.rule = rule;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** The same, on this line of a table. */
  public CellError on(long line) {
    return new CellError(line, column, value, getMessage());
  }
}
