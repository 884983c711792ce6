package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.NumberReader;
import dev.propensity.table.CellText;
import dev.propensity.table.CsvCells;
import java.nio.charset.StandardCharsets;

/**
 * The cells of rows as they are in a table, before they are encoded by the only encoder: without
 * the blanks around them, and with decimal points where the table has decimal commas.
 */
public final class RawCells {
  /** Takes the cells of a row. */
  public interface Sink {
    /**
     * @param column its place among the encoder's columns
     * @param utf8 holds the cell, from {@code from} to {@code to}
     */
    void cell(int column, byte[] utf8, int from, int to);
  }

  private final RowReader reader;
  private final int[] roles;
  private final CsvCells cells;
  private final CellText text = new CellText("the row");
  private final boolean[] numbers; // by column, whether its cells are compared as numbers

  /**
   * @param reader of rows to be scored by one encoder
   */
  public RawCells(RowReader reader) {
    this.reader = reader;
    this.roles = reader.roles();
    this.cells = reader.cells();
    this.numbers = new boolean[reader.schema().columns().size()];
    for (int column = 0; column < numbers.length; column++) {
      int place = reader.schema().columns().get(column).rules().get(0).place();
      CellReader cell = reader.readers().get(place);
      numbers[column] = cell instanceof NumberReader || cell.comparesNumbers();
    }
  }

  /** Passes on the cells of a row that are not missing. */
  public void read(RowBatch batch, int row, Sink sink) {
    boolean comma = reader.dialect().decimalComma();
    cells.openRecord(batch.chunk(), batch.recordStart(row));
    for (int cell = 0; cell < roles.length; cell++) {
      cells.cell();
      int column = roles[cell];
      if (column < 0 || Float.isNaN(batch.value(0, row, column))) {
        continue;
      }
      if (comma && numbers[column]) {
        text.set(cells);
        DecimalSign.putPoint(text);
        byte[] utf8 = text.string().getBytes(StandardCharsets.UTF_8);
        pass(column, utf8, 0, utf8.length, sink);
      } else {
        pass(column, cells.text(), cells.start(), cells.end(), sink);
      }
    }
  }

  private static void pass(int column, byte[] utf8, int start, int end, Sink sink) {
    int from = start;
    int to = end;
    while (from < to && CellReader.isBlank((char) utf8[from])) { // within quotes
      from++;
    }
    while (to > from && CellReader.isBlank((char) utf8[to - 1])) {
      to--;
    }
    sink.cell(column, utf8, from, to);
  }
}
