package dev.propensity.dataset;

import dev.propensity.foundation.UserException;
import dev.propensity.table.CellText;
import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import dev.propensity.table.CsvReader;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Some columns of a CSV as they are there. */
public final class RawColumns {
  private RawColumns() {}

  /**
   * Reads these columns.
   *
   * @param where the table's name, for errors
   * @param names which columns
   * @return by name, the column's cell in each row; empty where it is missing
   * @throws UserException that lists the columns that are missing
   */
  public static SortedMap<String, String[]> read(
      InputStream csv, String where, List<String> names) {
    CsvReader table = CsvReader.open(csv, where, Set.copyOf(names));
    int[] places = new int[table.header().size()];
    Arrays.fill(places, -1);
    List<List<String>> columns = new ArrayList<>();
    for (String name : names) {
      int cell = table.header().indexOf(CsvReader.name(name));
      if (cell < 0) {
        throw new UserException(
            where + ", line " + table.headerLine() + ": the column '" + name + "' is missing");
      }
      places[cell] = columns.size();
      columns.add(new ArrayList<>());
    }
    CsvCells cells = new CsvCells(where, table.dialect().separator());
    CellText text = new CellText(where);
    for (CsvChunk chunk = table.next(); chunk != null; chunk = table.next()) {
      cells.open(chunk);
      while (cells.nextRecord()) {
        readRecord(cells, text, places, columns);
      }
    }
    SortedMap<String, String[]> byName = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      byName.put(names.get(i), columns.get(i).toArray(String[]::new));
    }
    return byName;
  }

  private static void readRecord(
      CsvCells cells, CellText text, int[] places, List<List<String>> columns) {
    int cell = 0;
    do {
      cells.cell();
      if (cell < places.length && places[cell] >= 0) {
        text.set(cells);
        columns.get(places[cell]).add(text.string());
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
