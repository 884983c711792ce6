package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.DateReader;
import dev.propensity.dataset.encoder.NumberReader;
import dev.propensity.table.CellText;
import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import java.util.List;

/**
 * Settles a table's decimal sign by the first number that has one: in a column of numbers, or,
 * where the table has none, in any column but those of dates.
 */
final class DecimalSignDetector {
  private final DecimalSign decimal;
  private final List<ColumnRules> columns;
  private final List<CellReader> readers;
  private final boolean[] settling; // by column, whether its cells settle the sign

  /**
   * @param decimal the sign that is settled
   * @param readers of cells, by the rules' places
   */
  DecimalSignDetector(DecimalSign decimal, List<ColumnRules> columns, List<CellReader> readers) {
    this.decimal = decimal;
    this.columns = columns;
    this.readers = readers;
    this.settling = new boolean[columns.size()];
    boolean any = false;
    for (int i = 0; i < settling.length; i++) {
      settling[i] = isRead(columns.get(i), NumberReader.class);
      any |= settling[i];
    }
    for (int i = 0; !any && i < settling.length; i++) {
      settling[i] = !isRead(columns.get(i), DateReader.class);
    }
  }

  private boolean isRead(ColumnRules column, Class<? extends CellReader> kind) {
    return column.rules().stream().anyMatch(rule -> kind.isInstance(readers.get(rule.place())));
  }

  /** Settles the sign by a cell of this column, unless it is known. */
  void detect(int column, CellReader reader, CellText text) {
    if (settling[column] && !decimal.isKnown() && !reader.isMissingWord(text)) {
      decimal.detect(text);
    }
  }

  /**
   * Settles the sign by the chunk's first number that has one.
   *
   * @param roles of the cells, by {@link HeaderRoles}
   * @param cells opened with the chunk by this method
   * @param text for the cells' texts
   */
  void detect(CsvChunk chunk, int[] roles, CsvCells cells, CellText text) {
    cells.open(chunk);
    while (!decimal.isKnown() && cells.nextRecord()) {
      int cell = 0;
      do {
        cells.cell();
        int role = cell < roles.length ? roles[cell] : HeaderRoles.IGNORED;
        if (role >= 0 && settling[role]) {
          text.set(cells);
          detect(role, readers.get(columns.get(role).rules().get(0).place()), text);
        }
        cell++;
      } while (!cells.endsRecord());
    }
  }
}
