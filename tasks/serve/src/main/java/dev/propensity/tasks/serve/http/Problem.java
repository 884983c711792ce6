package dev.propensity.tasks.serve.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.dataset.rows.result.TableRejectedException;
import dev.propensity.table.CellError;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An error response: its HTTP status and one line that describes the error. */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int RETRY_SECONDS = 5;

  private final int status;
  private final int retrySeconds;
  private final String place;
  private final transient List<CellError> errors;
  private final long count;
  private final @Nullable String csv;
  private final long rows;

  /**
   * An error response; with status 503, the client should retry after 5 seconds.
   *
   * @param status an HTTP status of 400 or more
   * @param detail the error; written on one line
   */
  public Problem(int status, String detail) {
    this(status, detail, RETRY_SECONDS);
  }

  /**
   * @param retrySeconds when to retry; sent with status 503
   */
  public Problem(int status, String detail, int retrySeconds) {
    this(status, detail, retrySeconds, "", List.of(), 0, null, 0);
  }

  /**
   * The rejection of a table, in a body or in a form: the detail is its summary.
   *
   * @param table lists the first errors, counts all, and contains the table's dialect
   */
  public static Problem ofTable(TableRejectedException table) {
    String csv = table.dialect().text();
    return new Problem(
        422,
        table.summary(),
        RETRY_SECONDS,
        "line",
        table.errors(),
        table.count(),
        csv,
        table.rows());
  }

  /**
   * The rejection of rows with numbers instead of lines, for their invalid cells.
   *
   * @param errors the first ten, each with its row's number, from 1, as its line
   * @param count of all errors
   * @param rows how many rows have errors
   */
  public static Problem ofRows(String detail, List<CellError> errors, long count, long rows) {
    return new Problem(422, detail, RETRY_SECONDS, "row", List.copyOf(errors), count, null, rows);
  }

  private Problem(
      int status,
      String detail,
      int retrySeconds,
      String place,
      List<CellError> errors,
      long count,
      @Nullable String csv,
      long rows) {
    // An expected response: its stack trace is not needed.
    super(oneLine(detail), null, false, false);
    this.status = status;
    this.retrySeconds = retrySeconds;
    this.place = place;
    this.errors = errors;
    this.count = count;
    this.csv = csv;
    this.rows = rows;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** The response's HTTP status. */
  public int status() {
    return status;
  }

  /** How many rows have a cell that breaks a rule; 0 for other errors. */
  public long rejectedRows() {
    return rows;
  }

  /** When to retry, in seconds. */
  public int retrySeconds() {
    return retrySeconds;
  }

  /** The error as an RFC 9457 document. */
  public String json(String title) {
    ObjectNode document = document(status, title, getMessage());
    if (count > 0) {
      ArrayNode list = document.putArray("errors");
      for (CellError error : errors) {
        ObjectNode entry = list.addObject().put(place, error.line()).put("column", error.column());
        if (error.value() != null) {
          entry.put("value", error.value());
        }
        entry.put("rule", error.rule());
      }
      document.put("count", count);
    }
    if (csv != null) {
      document.put("csv", csv);
    }
    return document + "\n";
  }

  /** An error as an RFC 9457 document. */
  public static String json(int status, String title, String detail) {
    return document(status, title, oneLine(detail)) + "\n";
  }

  private static ObjectNode document(int status, String title, String detail) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("title", title)
        .put("status", status)
        .put("detail", detail);
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
