package dev.propensity.dataset.encoder;

import dev.propensity.foundation.UserException;
import dev.propensity.table.CellText;
import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import dev.propensity.table.CsvReader;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The cells of some columns of a table as they are written, trimmed. */
final class ColumnTexts {
  private final int[] places; // by cell, the column's place in the texts; -1 where it is not read
  private final CsvCells cells;
  private final CellText text;
  private final List<List<String>> columns = new ArrayList<>();
  private final Map<String, String> known = new HashMap<>();

  private ColumnTexts(CsvReader table, String where, List<String> names) {
    this.places = new int[table.header().size()];
    this.cells = new CsvCells(where, table.dialect().separator());
    this.text = new CellText(where);
    Arrays.fill(places, -1);
    for (String name : names) {
      int cell = table.header().indexOf(name);
      if (cell < 0) {
        throw new UserException(
            where + ", line " + table.headerLine() + ": the column '" + name + "' is missing");
      }
      places[cell] = columns.size();
      columns.add(new ArrayList<>());
    }
  }

  /**
   * Reads the columns.
   *
   * @param where the table's name, for errors
   * @param names of the columns, as names are compared
   * @return {@code [columns][rows]}; an empty text where a row is too short; a text that occurs
   *     more than once is one object
   * @throws UserException that names a column that is missing
   */
  static List<List<String>> read(InputStream csv, String where, List<String> names) {
    CsvReader table = CsvReader.open(csv, where, Set.copyOf(names));
    ColumnTexts texts = new ColumnTexts(table, where, names);
    for (CsvChunk chunk = table.next(); chunk != null; chunk = table.next()) {
      texts.cells.open(chunk);
      while (texts.cells.nextRecord()) {
        texts.readRecord();
      }
    }
    return texts.columns;
  }

  private void readRecord() {
    int cell = 0;
    do {
      cells.cell();
      if (cell < places.length && places[cell] >= 0) {
        text.set(cells);
        String trimmed = CellReader.trimmed(text.string());
        columns.get(places[cell]).add(known.computeIfAbsent(trimmed, same -> same));
      }
      cell++;
    } while (!cells.endsRecord());
    for (; cell < places.length; cell++) {
      if (places[cell] >= 0) {
        columns.get(places[cell]).add("");
      }
    }
  }
}
