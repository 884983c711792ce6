package dev.propensity.monitoring.outcome;

import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.dataset.rows.result.Diagnostics;
import dev.propensity.dataset.specification.DatasetSpec.InvalidRows;
import dev.propensity.dataset.specification.OutcomeRule;
import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import dev.propensity.table.CsvReader;
import dev.propensity.table.SourceFormat;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a table of outcomes: the dataset's identifier and label, the column {@value
 * OutcomeRule#TIME} if there is one, and the column that says who was contacted, if the
 * specification names one. Other columns are ignored.
 */
public final class OutcomeTable {
  /**
   * What was read.
   *
   * @param rows how many rows the table has
   * @param unlabeled how many of the valid ones have no answer yet
   * @param errors the invalid ones
   * @param isTimed whether the table has times
   */
  public record Result(long rows, long unlabeled, Diagnostics errors, boolean isTimed) {}

  private final OutcomeForm form;
  private final InvalidRows invalidRows;
  private final StoredIdentifiers identifiers;
  private final Instant received;

  /**
   * @param invalidRows the share of invalid rows that is left out
   * @param received when the outcomes became known; later ones are invalid
   */
  public OutcomeTable(
      OutcomeForm form, InvalidRows invalidRows, StoredIdentifiers identifiers, Instant received) {
    this.form = form;
    this.invalidRows = invalidRows;
    this.identifiers = identifiers;
    this.received = received;
  }

  /**
   * Reads all rows.
   *
   * @param csv the table, closed by the caller
   * @param format by which errors name its rows
   * @param where its name, for errors
   * @param sink gets the valid rows, in their order
   * @throws dev.propensity.foundation.UserException if a column is missing, there are no rows, or
   *     more of them are invalid than the specification quarantines
   */
  public Result read(
      InputStream csv, SourceFormat format, String where, Consumer<OutcomeRow> sink) {
    OutcomeColumns known = new OutcomeColumns(form);
    CsvReader table = CsvReader.open(csv, where, known.names());
    int[] roles = known.roles(table, format);
    OutcomeCells reader = new OutcomeCells(form, identifiers, received, where);
    Diagnostics errors = new Diagnostics(format);
    CsvCells cells = new CsvCells(where, table.dialect().separator());
    Set<OutcomeColumns.Role> present = new HashSet<>();
    for (int role : roles) {
      present.add(OutcomeColumns.Role.values()[role]);
    }
    long rows = 0;
    long unlabeled = 0;
    List<InvalidCell> invalid = new ArrayList<>();
    for (CsvChunk chunk = table.next(); chunk != null; chunk = table.next()) {
      cells.open(chunk);
      while (cells.nextRecord()) {
        rows++;
        long line = format.hasLines() ? cells.recordLine() : rows;
        OutcomeRow row = reader.read(cells, roles, invalid);
        if (invalid.isEmpty()) {
          unlabeled += row.label() == OutcomeRow.UNKNOWN ? 1 : 0;
          sink.accept(row);
        } else {
          errors.addRow(line, invalid);
          invalid.clear();
        }
      }
    }
    OutcomeColumns.requireRows(where, rows);
    if (errors.rows() > invalidRows.quarantineUpTo() * rows) {
      throw errors.rejection(where, table.dialect(), rows, invalidRows.advice());
    }
    return new Result(rows, unlabeled, errors, present.contains(OutcomeColumns.Role.TIME));
  }
}
