package dev.propensity.dataset;

import dev.propensity.foundation.UserException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A CSV's rows as texts by column, one after another: for whoever knows nothing of the columns but
 * their names. RFC 4180 with commas, in UTF-8, empty lines skipped.
 */
public final class TextRows {
  private final String where;
  private final CsvTable csv;
  private long line;

  /**
   * Reads the header.
   *
   * @param csv the table; the caller closes it
   * @param where the table's name, for errors
   * @throws UserException if it has none, or a column is doubled
   */
  public TextRows(InputStream csv, String where) {
    this.where = where;
    this.csv = new CsvTable(csv, where);
  }

  /** The columns, in their order. */
  public List<String> header() {
    return List.copyOf(csv.header());
  }

  /**
   * The next row in its columns' order, or null at the end.
   *
   * @throws UserException that names the line of a row with more or fewer cells than the header
   */
  public Map<String, String> next() {
    Row row = csv.next();
    if (row == null) {
      return null;
    }
    line = row.line();
    List<String> header = csv.header();
    if (row.cells() != header.size()) {
      throw new UserException(
          where + ", line " + line + ": " + BadRows.ragged(row, header.size()).getMessage());
    }
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      cells.put(header.get(i), row.cell(i));
    }
    return cells;
  }

  /** The line on which the last row begins, from 1. */
  public long line() {
    return line;
  }
}
