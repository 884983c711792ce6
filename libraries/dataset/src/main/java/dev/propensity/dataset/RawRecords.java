package dev.propensity.dataset;

import dev.propensity.table.CellText;
import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import dev.propensity.table.CsvWriter;
import java.util.List;

/**
 * Copies records as they are in a table, in the standard dialect: cells separated by commas,
 * numbers with a decimal point.
 */
final class RawRecords {
  private final CsvCells cells;
  private final RowReader reader;
  private final CellText text;
  private final boolean[] numbers; // by cell, whether it is compared as a number

  RawRecords(RowReader reader) {
    this.reader = reader;
    this.cells = reader.cells();
    int[] roles = reader.roles();
    List<RowSchema.ColumnRules> columns = reader.schema().columns();
    List<CellReader> readers = reader.readers();
    this.text = new CellText("the row");
    this.numbers = new boolean[roles.length];
    for (int i = 0; i < roles.length; i++) {
      if (roles[i] >= 0) {
        CellReader column = readers.get(columns.get(roles[i]).rules().get(0).place());
        numbers[i] = column instanceof CellReader.Number || column.comparesNumbers();
      }
    }
  }

  /** Writes the record of the chunk that begins at this byte. */
  void copy(CsvChunk chunk, int recordStart, CsvWriter out) {
    boolean comma = reader.dialect().decimalComma();
    cells.openRecord(chunk, recordStart);
    int cell = 0;
    do {
      cells.cell();
      if (comma && cell < numbers.length && numbers[cell]) {
        text.set(cells);
        DecimalSign.COMMA.applyToCategory(text);
        out.cell(text.string());
      } else {
        out.cell(cells.text(), cells.start(), cells.end());
      }
      cell++;
    } while (!cells.endsRecord());
    out.end();
  }
}
