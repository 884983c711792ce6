package dev.propensity.endpoint;

import dev.propensity.table.CellError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A model rejected rows: the only failure of a request for scores that is caused by the rows or the
 * model.
 */
public final class RowsRejectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final Set<Integer> STATUSES = Set.of(400, 413, 415, 422);

  private final String rule;
  private final transient List<CellError> errors;
  private final long count;
  private final @Nullable String csv;

  private RowsRejectedException(
      String message,
      String rule,
      List<CellError> errors,
      long count,
      @Nullable String csv,
      @Nullable Throwable cause) {
    super(Objects.requireNonNull(message), cause);
    this.rule = rule;
    this.errors = List.copyOf(errors.subList(0, Math.min(errors.size(), CellError.MAX_SHOWN)));
    this.count = count;
    this.csv = csv;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /**
   * Whether a response of this status is one: the rows are invalid, or more than a request may
   * hold.
   */
  public static boolean isRejection(int status) {
    return STATUSES.contains(status);
  }

  /**
   * A rejection as the container wrote it.
   *
   * @param where the address of the endpoint
   * @param status the response's status
   * @param body problem JSON, or any text
   */
  public static RowsRejectedException of(String where, int status, byte[] body) {
    String message = new String(body, StandardCharsets.UTF_8).strip();
    RejectionBody read = RejectionBody.parse(message);
    return new RowsRejectedException(
        where + " returned " + status + ": " + message,
        read.detail(),
        read.errors(),
        read.count(),
        read.csv(),
        null);
  }

  /** The same for a request that follows others with so many rows, or lines. */
  public RowsRejectedException after(long rows) {
    return at(row -> rows + row);
  }

  /** The same with other rows, or lines, by those that it has. */
  public RowsRejectedException at(LongUnaryOperator rows) {
    List<CellError> moved =
        errors.stream()
            .map(
                error ->
                    new CellError(
                        rows.applyAsLong(error.line()),
                        error.column(),
                        error.value(),
                        error.rule()))
            .toList();
    return new RowsRejectedException(getMessage(), rule, moved, count, csv, this);
  }

  /** This and the rejection of a later request: its errors follow. */
  public RowsRejectedException and(RowsRejectedException later) {
    List<CellError> all = new ArrayList<>(errors);
    all.addAll(later.errors);
    return new RowsRejectedException(getMessage(), rule, all, count + later.count, csv, getCause());
  }

  /**
   * The first ten errors, by the line of a CSV or the number of a row, from 1; none where the
   * request as a whole is at fault.
   */
  public List<CellError> errors() {
    return errors;
  }

  /** How many errors there are in all. */
  public long count() {
    return count;
  }

  /**
   * How a table was read: separator, decimal sign, byte order mark; null where the endpoint does
   * not report it.
   */
  public @Nullable String csv() {
    return csv;
  }

  /** What is wrong, in one line. */
  public String rule() {
    return rule;
  }
}
