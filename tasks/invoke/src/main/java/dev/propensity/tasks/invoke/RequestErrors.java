package dev.propensity.tasks.invoke;

import dev.propensity.endpoint.RowsRejectedException;
import dev.propensity.foundation.UserException;
import dev.propensity.table.CellError;
import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import dev.propensity.table.CsvReader;
import dev.propensity.table.SourceFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The errors of a table's requests, each of which is the table's header and some of its records:
 * lines of a request become lines of the table.
 */
final class RequestErrors {
  /** The start of the server's error for a request that is not valid CSV from a line on. */
  private static final Pattern LINE =
      Pattern.compile("the body, line (\\d{1,9}): (.*)", Pattern.DOTALL);

  private final String where;
  private final SourceFormat format;
  private final RecordNumbers numbers;
  private final long headerLine;
  private final int headerLines; // of a request
  private long headerMoved = -1; // its offset in the table, in lines
  private long moved; // the offset of the request's records
  private @Nullable RowsRejectedException rejected; // of all requests, null if there are none

  RequestErrors(CsvReader table, SourceFormat format) {
    this.where = table.where();
    this.format = format;
    this.numbers = new RecordNumbers(new CsvCells(where, table.dialect().separator()));
    this.headerLine = table.headerLine();
    this.headerLines = (int) new String(table.headerText(), StandardCharsets.UTF_8).lines().count();
  }

  /** Begins with the next request, which has these records of the table. */
  void begin(CsvChunk chunk) {
    moved = chunk.line() - headerLines - 1;
    if (!format.hasLines()) {
      numbers.next(chunk);
    }
    headerMoved = headerMoved < 0 ? moved : headerMoved;
  }

  boolean isEmpty() {
    return rejected == null;
  }

  /**
   * Adds the errors of the request.
   *
   * @throws UserException if the header or the request as a whole is rejected, not single rows
   */
  void add(RowsRejectedException e) {
    requireErrorsOfRows(e);
    RowsRejectedException own =
        e.at(line -> format.hasLines() ? line + moved : numbers.of(line + moved));
    rejected = rejected == null ? own : rejected.and(own);
  }

  private void requireErrorsOfRows(RowsRejectedException e) {
    if (e.errors().isEmpty()) {
      Matcher line = LINE.matcher(e.rule());
      throw new UserException(
          line.matches()
              ? where + ", line " + inTable(Long.parseLong(line.group(1))) + ": " + line.group(2)
              : where + ": " + e.rule(),
          e);
    }
    if (e.errors().get(0).value() == null && e.errors().get(0).line() <= headerLines) {
      Matcher line = LINE.matcher(e.rule());
      throw new UserException(
          where + format.header(headerLine) + ": " + (line.matches() ? line.group(2) : e.rule()),
          e);
    }
  }

  /** The line in the table of a request's line. */
  private long inTable(long line) {
    return line + (line <= headerLines ? headerMoved : moved);
  }

  /**
   * @throws UserException that lists the first ten errors, if there are any
   */
  void requireNone() {
    if (rejected == null) {
      return;
    }
    List<CellError> first = rejected.errors();
    long count = rejected.count();
    StringBuilder text = new StringBuilder(where);
    text.append(count == 1 ? ": 1 error" : ": " + count + " errors");
    first.forEach(
        error ->
            text.append('\n')
                .append(format.record(error.line()))
                .append(", ")
                .append(error.withoutLine()));
    if (count > first.size()) {
      text.append(String.format(Locale.ROOT, "\nand %,d more", count - first.size()));
    }
    throw new UserException(text.toString());
  }
}
