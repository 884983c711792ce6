package dev.propensity.tasks.invoke;

import dev.propensity.endpoint.Endpoint;
import dev.propensity.endpoint.RowsRejectedException;
import dev.propensity.endpoint.ScoringResponse;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.table.CellError;
import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import dev.propensity.table.CsvReader;
import dev.propensity.table.Dialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends a table's records to an endpoint in batches, so that memory does not grow with the table.
 * The endpoint parses them by its own rules: a request is the table's header and some of its
 * records, unchanged. The decimal sign, which is detected from the rows, is the same for all
 * requests.
 */
final class BatchScorer {
  /** The start of the server's error for a request that is not valid CSV from a line on. */
  private static final Pattern LINE =
      Pattern.compile("the body, line (\\d{1,9}): (.*)", Pattern.DOTALL);

  private final Endpoint endpoint;
  private final ScoredTable scored;
  private @Nullable String where;
  private byte @Nullable [] header;
  private long headerLine;
  private int headerLines; // of a request
  private long headerMoved; // its offset in the table, in lines
  private @Nullable String decimal; // of the table; null until a number has shown it
  private @Nullable String model;
  private @Nullable RowsRejectedException
      rejected; // the rejections of all requests, null if there are none

  BatchScorer(Endpoint endpoint, ScoresFile scores) {
    this.endpoint = endpoint;
    this.scored = new ScoredTable(scores);
  }

  /**
   * Scores all rows. After the first rejected request scores are no longer written; the other
   * requests are still sent, to find the errors of the whole table.
   *
   * @throws UserException that lists the first ten errors of the whole table
   * @throws UnavailableException if the endpoint's model changes meanwhile
   */
  void score(CsvReader table) throws IOException {
    where = table.where();
    header = table.headerText();
    headerLine = table.headerLine();
    headerLines = (int) new String(header, StandardCharsets.UTF_8).lines().count();
    headerMoved = -1;
    CsvCells cells = new CsvCells(where, table.dialect().separator());
    for (CsvChunk chunk = table.next(); chunk != null; chunk = table.next()) {
      long moved = chunk.line() - headerLines - 1;
      headerMoved = headerMoved < 0 ? moved : headerMoved;
      cells.open(chunk);
      if (!cells.nextRecord()) {
        continue; // only empty lines
      }
      try {
        ScoringResponse answered = send(chunk);
        if (rejected == null) {
          scored.add(answered);
        }
      } catch (RowsRejectedException e) {
        settleDecimalSign(e.csv());
        requireErrorsOfRows(e, moved);
        rejected = rejected == null ? e.after(moved) : rejected.and(e.after(moved));
      }
    }
    if (rejected != null) {
      throw rejection();
    }
  }

  /**
   * Keeps the decimal sign that a request has shown. Later requests state it, so that the whole
   * table has one, as if it were read at once.
   */
  private void settleDecimalSign(@Nullable String dialect) {
    if (decimal == null) {
      decimal = Dialect.parse(dialect).map(Dialect::decimalText).orElse(null);
    }
  }

  private ScoringResponse send(CsvChunk chunk) {
    byte[] header = Objects.requireNonNull(this.header, "the header is read first");
    ByteArrayOutputStream body = new ByteArrayOutputStream(header.length + chunk.length());
    body.writeBytes(header);
    body.write(chunk.bytes(), chunk.from(), chunk.length());
    ScoringResponse answered = endpoint.scoreCsv(body.toByteArray(), decimal);
    if (model != null && !model.equals(answered.model())) {
      throw new UnavailableException(
          endpoint + " changed from " + model + " to " + answered.model() + ": retry");
    }
    model = answered.model();
    settleDecimalSign(answered.csv());
    return answered;
  }

  /**
   * @throws UserException if the header or the request as a whole is rejected, not single rows
   */
  private void requireErrorsOfRows(RowsRejectedException e, long linesBefore) {
    if (e.errors().isEmpty()) {
      Matcher line = LINE.matcher(e.rule());
      throw new UserException(
          line.matches()
              ? where
                  + ", line "
                  + inTable(Long.parseLong(line.group(1)), linesBefore)
                  + ": "
                  + line.group(2)
              : where + ": " + e.rule(),
          e);
    }
    if (e.errors().get(0).value() == null && e.errors().get(0).line() <= headerLines) {
      throw new UserException(
          where
              + ", line "
              + headerLine
              + ": columns are missing or duplicate\n"
              + e.errors().stream().map(CellError::withoutLine).collect(Collectors.joining("\n")),
          e);
    }
  }

  /** The line in the table of a request's line. */
  private long inTable(long line, long linesBefore) {
    return line + (line <= headerLines ? headerMoved : linesBefore);
  }

  private UserException rejection() {
    RowsRejectedException rejected = Objects.requireNonNull(this.rejected);
    List<CellError> first = rejected.errors();
    long count = rejected.count();
    StringBuilder text = new StringBuilder(where);
    text.append(count == 1 ? ": 1 error" : ": " + count + " errors");
    first.forEach(error -> text.append('\n').append(error.text()));
    if (count > first.size()) {
      text.append(String.format(Locale.ROOT, "\nand %,d more", count - first.size()));
    }
    return new UserException(text.toString());
  }

  /** The model that scored: {@code insurance/3@0123456789ab}. */
  @Nullable String model() {
    return model;
  }

  /** The rows that were scored. */
  ScoredTable scored() {
    return scored;
  }
}
