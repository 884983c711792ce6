package dev.propensity.tasks.serve.rows;

import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.dataset.rows.result.HeaderRejectedException;
import dev.propensity.foundation.UserException;
import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import dev.propensity.table.CsvReader;
import dev.propensity.tasks.serve.capture.CapturedRequest;
import dev.propensity.tasks.serve.http.Problem;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Opens the tables of requests, and counts the rows of those whose header is rejected. */
public final class RequestTable {
  private static final String NO_HEADER = "no_header";

  private RequestTable() {}

  /**
   * Reads the header.
   *
   * @param csv the table; the caller closes it
   * @param where the table's name, for errors
   * @param captured counts the rejected rows, by column and rule
   * @throws UserException where the table is not CSV in UTF-8, or columns are missing or duplicate
   */
  public static RowReader open(
      InputStream csv, String where, RowSchema schema, CapturedRequest captured) {
    CsvReader table = CsvReader.open(csv, where, schema.names());
    try {
      return RowReader.of(table, schema);
    } catch (HeaderRejectedException e) {
      captured.rejectTable(() -> rows(table), e.rules());
      throw e;
    } catch (UserException e) { // the first line is a row
      captured.rejectTable(() -> 1 + rows(table), Map.of("", NO_HEADER));
      throw e;
    }
  }

  /** Counts the table's rows after the header, up to an error, if there is one. */
  private static long rows(CsvReader table) {
    CsvCells cells = new CsvCells(table.where(), table.dialect().separator());
    long rows = 0;
    try {
      for (CsvChunk chunk = table.next(); chunk != null; chunk = table.next()) {
        cells.open(chunk);
        while (cells.nextRecord()) {
          while (!cells.endsRecord()) {
            cells.cell();
          }
          rows++;
        }
      }
      return rows;
    } catch (UserException | Problem | UncheckedIOException e) {
      return rows; // the header's error is the first one, and is returned
    }
  }
}
