package dev.propensity.tasks.invoke;

import dev.propensity.endpoint.Endpoint;
import dev.propensity.endpoint.RowsRejectedException;
import dev.propensity.endpoint.ScoringResponse;
import dev.propensity.foundation.Progress;
import dev.propensity.foundation.UnavailableException;
import dev.propensity.foundation.UserException;
import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import dev.propensity.table.CsvReader;
import dev.propensity.table.Dialect;
import dev.propensity.table.SourceFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a table's records to an endpoint in batches, so that memory does not grow with the table.
 * The endpoint parses them by its own rules: a request is the table's header and some of its
 * records, unchanged. The decimal sign, which is detected from the rows, is the same for all
 * requests.
 */
final class BatchScorer {
  private final Endpoint endpoint;
  private final ScoredTable scored;
  private final SourceFormat format;
  private @Nullable String decimal; // of the table; null until a number has shown it
  private @Nullable String model;

  /**
   * @param format of the table, by which errors name its rows
   */
  BatchScorer(Endpoint endpoint, ScoresFile scores, SourceFormat format) {
    this.endpoint = endpoint;
    this.format = format;
    this.decimal = format.hasLines() ? null : "point"; // CSV from another format
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
    byte[] header = table.headerText();
    RequestErrors errors = new RequestErrors(table, format);
    Progress progress = Progress.of("rows scored");
    CsvCells cells = new CsvCells(table.where(), table.dialect().separator());
    for (CsvChunk chunk = table.next(); chunk != null; chunk = table.next()) {
      errors.begin(chunk);
      cells.open(chunk);
      if (!cells.nextRecord()) {
        continue; // only empty lines
      }
      try {
        ScoringResponse answered = send(header, chunk);
        if (errors.isEmpty()) {
          scored.add(answered);
          progress.add(answered.predictions().size());
        }
      } catch (RowsRejectedException e) {
        settleDecimalSign(e.csv());
        errors.add(e);
      }
    }
    errors.requireNone();
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

  private ScoringResponse send(byte[] header, CsvChunk chunk) {
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

  /** The model that scored: {@code insurance/3@0123456789ab}. */
  @Nullable String model() {
    return model;
  }

  /** The rows that were scored. */
  ScoredTable scored() {
    return scored;
  }
}
