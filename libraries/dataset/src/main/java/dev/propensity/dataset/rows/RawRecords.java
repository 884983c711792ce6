package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.LabelReader;
import dev.propensity.dataset.encoder.NumberReader;
import dev.propensity.table.CellText;
import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import dev.propensity.table.CsvReader;
import dev.propensity.table.CsvWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies records as they are in a table, in the standard dialect: cells separated by commas,
 * numbers with a decimal point.
 */
public final class RawRecords {
  private final CsvCells cells;
  private final RowReader reader;
  private final List<CellReader> readers;
  private final CellText text;
  private final CellReader[] numbers; // by cell, the reader of what is compared as a number
  private final boolean[] labels; // by cell, whether it is a label that is a number

  public RawRecords(RowReader reader) {
    this.reader = reader;
    this.cells = reader.cells();
    int[] roles = reader.roles();
    List<ColumnRules> columns = reader.schema().columns();
    this.readers = reader.readers();
    this.text = new CellText("the row");
    this.numbers = new CellReader[roles.length];
    this.labels = new boolean[roles.length];
    boolean numericLabel = new LabelReader(reader.schema().label()).comparesNumbers();
    for (int i = 0; i < roles.length; i++) {
      labels[i] = roles[i] == HeaderRoles.LABEL && numericLabel;
      if (roles[i] >= 0) {
        CellReader column = readers.get(columns.get(roles[i]).rules().get(0).place());
        boolean compared = column instanceof NumberReader || column.comparesNumbers();
        numbers[i] = compared ? column : null;
      }
    }
  }

  /** Writes the record of the chunk that begins at this byte. */
  public void copy(CsvChunk chunk, int recordStart, CsvWriter out) {
    boolean comma = reader.dialect().decimalComma();
    cells.openRecord(chunk, recordStart);
    int cell = 0;
    do {
      cells.cell();
      boolean number = cell < numbers.length && (numbers[cell] != null || labels[cell]);
      copyCell(cells, comma && number, number ? numbers[cell] : null, out);
      cell++;
    } while (!cells.endsRecord());
    out.end();
  }

  /**
   * @param number whether it is a number with a decimal comma
   * @param column its reader; null for the label
   */
  private void copyCell(CsvCells cell, boolean number, @Nullable CellReader column, CsvWriter out) {
    if (number) {
      text.set(cell);
      if (column == null || !column.isMissingWord(text)) {
        DecimalSign.putPoint(text);
      }
      out.cell(text.string());
    } else {
      out.cell(cell.text(), cell.start(), cell.end());
    }
  }

  /**
   * Puts decimal points in categories of a file of copies, where only the whole table showed that
   * they are numbers.
   *
   * @param numeric the readers of these columns
   */
  public void putPoints(Path file, Set<CellReader> numeric) {
    int[] roles = reader.roles();
    List<ColumnRules> columns = reader.schema().columns();
    CellReader[] categories = new CellReader[roles.length];
    for (int i = 0; i < roles.length; i++) {
      if (roles[i] >= 0) {
        CellReader column = readers.get(columns.get(roles[i]).rules().get(0).place());
        categories[i] = numeric.contains(column) ? column : null;
      }
    }
    Path rewritten = file.resolveSibling(file.getFileName() + ".points");
    try {
      try (InputStream in = Files.newInputStream(file);
          CsvWriter out = new CsvWriter(rewritten)) {
        CsvReader table = CsvReader.open(in, file.toString(), reader.schema().names());
        out.record(table.header());
        CsvCells record = new CsvCells(file.toString(), table.dialect().separator());
        for (CsvChunk chunk = table.next(); chunk != null; chunk = table.next()) {
          record.open(chunk);
          while (record.nextRecord()) {
            for (int cell = 0; !record.endsRecord(); cell++) {
              record.cell();
              copyCell(record, categories[cell] != null, categories[cell], out);
            }
            out.end();
          }
        }
      }
      Files.move(rewritten, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
