package dev.propensity.dataset.encoder;

import dev.propensity.foundation.UserException;

/** A cell that breaks its column's rule. */
public final class CellRejectedException extends UserException {
  private static final long serialVersionUID = 1L;

  private final String column;
  private final String value;
  private final String rule;
  private final InvalidCell.Rule kind;

  CellRejectedException(InvalidCell cell) {
    super(cell.on(0).withoutLine(), cell);
    this.column = cell.column;
    this.value = cell.value;
    this.rule = cell.getMessage();
    this.kind = cell.rule;
  }

  /** The column's name. */
  public String column() {
    return column;
  }

  /** The cell's text. */
  public String value() {
    return value;
  }

  /** Which kind of rule it is. */
  public InvalidCell.Rule kind() {
    return kind;
  }

  /** The column's rule, or how the value breaks it: "below 18". */
  public String rule() {
    return rule;
  }
}
