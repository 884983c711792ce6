package dev.propensity.dataset;

import dev.propensity.foundation.UserException;
import dev.propensity.table.CellError;
import java.util.List;

/** A table that breaks the rules of its columns: all that is wrong, and the first ten cells. */
public final class TableRejectedException extends UserException {
  private static final long serialVersionUID = 1L;

  private final transient List<CellError> errors;
  private final long count;

  TableRejectedException(String message, List<CellError> errors, long count) {
    super(message);
    this.errors = List.copyOf(errors);
    this.count = count;
  }

  /** The first ten errors, in the file's order. */
  public List<CellError> errors() {
    return errors;
  }

  /** How many there are in all. */
  public long count() {
    return count;
  }

  /** The message's first line, without the errors. */
  public String summary() {
    return getMessage().lines().findFirst().orElse("");
  }
}
