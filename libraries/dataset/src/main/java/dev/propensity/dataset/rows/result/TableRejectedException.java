package dev.propensity.dataset.rows.result;

import dev.propensity.foundation.UserException;
import dev.propensity.table.CellError;
import dev.propensity.table.Dialect;
import java.util.List;

/** A table that breaks the rules of its columns: the number of errors, and the first ten cells. */
public sealed class TableRejectedException extends UserException permits HeaderRejectedException {
  private static final long serialVersionUID = 1L;

  private final transient Dialect dialect;
  private final transient List<CellError> errors;
  private final long count;
  private final long rows;

  /**
   * @param dialect how the table is written
   * @param errors the first ten
   * @param count how many there are in all
   * @param rows how many rows have errors; 0 if the header has them
   */
  public TableRejectedException(
      String message, Dialect dialect, List<CellError> errors, long count, long rows) {
    super(message);
    this.dialect = dialect;
    this.errors = List.copyOf(errors);
    this.count = count;
    this.rows = rows;
  }

  /** How the table is written, as far as it was read. */
  public Dialect dialect() {
    return dialect;
  }

  /** The first ten errors, in the file's order. */
  public List<CellError> errors() {
    return errors;
  }

  /** How many there are in all. */
  public long count() {
    return count;
  }

  /** How many rows have errors; 0 if the header has them. */
  public long rows() {
    return rows;
  }

  /** The message's first line, without the errors. */
  public String summary() {
    return getMessage().lines().findFirst().orElse("");
  }
}
