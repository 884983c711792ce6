package dev.propensity.dataset;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Some columns of a CSV as they stand there. */
public final class RawColumns {
  private RawColumns() {}

  /**
   * Reads these columns.
   *
   * @param where the file's name, for errors
   * @param names which columns
   * @return by name, the column's cell in each row; empty where it is missing
   * @throws dev.propensity.foundation.UserException that lists the columns that are missing
   */
  public static SortedMap<String, String[]> read(
      InputStream csv, String where, List<String> names) {
    CsvTable table = new CsvTable(csv, where);
    int[] places = table.require(names);
    List<String[]> rows = new ArrayList<>();
    for (Row row = table.next(); row != null; row = table.next()) {
      String[] cells = new String[places.length];
      for (int i = 0; i < places.length; i++) {
        cells[i] = places[i] < row.cells() ? row.cell(places[i]) : "";
      }
      rows.add(cells);
    }
    SortedMap<String, String[]> columns = new TreeMap<>();
    for (int i = 0; i < places.length; i++) {
      int column = i;
      columns.put(names.get(i), rows.stream().map(cells -> cells[column]).toArray(String[]::new));
    }
    return columns;
  }
}
