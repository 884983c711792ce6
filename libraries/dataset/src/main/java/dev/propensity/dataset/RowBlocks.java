package dev.propensity.dataset;

import dev.propensity.foundation.UserException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a CSV block by block, encoded: labels and other columns are ignored, and need not be there.
 * Rows that break a rule of their columns, or double an identifier, are set aside as far as the
 * data set allows. Memory does not grow with the rows, but for the hashes of identifiers.
 */
public final class RowBlocks implements AutoCloseable {
  /** The rows that were set aside, where there are any. */
  public static final String REFUSED = "refused.csv";

  private static final int BLOCK_VALUES = 1 << 16;
  private static final int MOST_ROWS = 1 << 13;
  private static final int LEAST_ROWS = 1 << 6;

  private final String where;
  private final CsvTable csv;
  private final Path folder;
  private final double limit;
  private final RowEncoding encoding;
  private final int identifierCell;
  private final String identifierColumn;
  private final IdentifierSet identifiers = new IdentifierSet();
  private final Utf8Cell identifier = new Utf8Cell();
  private final BadRows bad = new BadRows();
  private CsvOutput refused;
  private long rows;

  /**
   * @param csv the table; the caller closes it
   * @param where the table's name, for errors
   * @param encoders one or more, of the same identifier
   * @param badRows how many rows may be set aside
   * @param folder where {@value #REFUSED} goes
   * @throws UserException where a column is missing
   */
  public RowBlocks(
      InputStream csv,
      String where,
      List<Encoder> encoders,
      DatasetSpec.BadRows badRows,
      Path folder) {
    this.where = where;
    this.csv = new CsvTable(csv, where);
    this.folder = folder;
    this.limit = badRows.quarantineUpTo();
    this.encoding = new RowEncoding(encoders);
    this.identifierColumn = encoders.get(0).identifier();
    List<String> columns = new ArrayList<>(List.of(identifierColumn));
    columns.addAll(encoding.columns());
    int[] cells = this.csv.require(columns);
    this.identifierCell = cells[0];
    encoding.places(this.csv);
  }

  /**
   * The next rows in their order, or null at the end.
   *
   * @throws UserException at the end, where more rows are bad than may be set aside; it names the
   *     first ten and counts all
   */
  public RowBlock next() {
    int[] widths = encoding.widths();
    int widest = 1;
    for (int width : widths) {
      widest = Math.max(widest, width);
    }
    int capacity = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, BLOCK_VALUES / widest));
    RowBlock block = new RowBlock(capacity, widths);
    while (!block.isFull()) {
      Row row = csv.next();
      if (row == null) {
        refuseUnfit();
        return block.rows() == 0 ? null : block;
      }
      rows++;
      try {
        add(row, block);
      } catch (BadCell e) {
        setAside(row, e);
      }
    }
    return block;
  }

  /** How many rows were read so far, good and bad. */
  public long rows() {
    return rows;
  }

  /** How many rows were set aside so far, by the rule that they break. */
  public SortedMap<String, Long> refused() {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (Map.Entry<BadCell.Rule, Long> entry : bad.counts().entrySet()) {
      counts.put(entry.getKey().name().toLowerCase(Locale.ROOT), entry.getValue());
    }
    return counts;
  }

  private void add(Row row, RowBlock block) {
    if (row.cells() != csv.header().size()) {
      throw BadRows.ragged(row, csv.header().size());
    }
    identifier.set(row.text(), row.start(identifierCell), row.length(identifierCell));
    if (identifier.length() == 0) {
      throw new BadCell(
          identifierColumn, "", BadCell.Rule.MISSING, "an identifier must stand here");
    }
    encoding.encode(row, block);
    long first = identifiers.add(identifier.bytes(), identifier.length(), row.line());
    if (first != 0) {
      throw new BadCell(
          identifierColumn,
          row.cell(identifierCell),
          BadCell.Rule.DOUBLED,
          "stands already on line " + first);
    }
    if (limit > 0 || bad.count() == 0) { // else all that is left to do is to count what is bad
      block.add(identifier.bytes(), identifier.length());
    }
  }

  private void setAside(Row row, BadCell reason) {
    bad.add(row.line(), reason);
    if (limit == 0) {
      return;
    }
    if (refused == null) {
      refused = new CsvOutput(folder.resolve(REFUSED));
      refused.row(List.of("line", "column", "value", "reason"));
    }
    refused.row(
        List.of(String.valueOf(row.line()), reason.column, reason.value, reason.getMessage()));
  }

  private void refuseUnfit() {
    if (rows == 0) {
      throw new UserException(where + " has a header but no rows");
    }
    if (bad.count() > limit * rows) {
      throw bad.refusal(where, rows, BadRows.advice(limit));
    }
  }

  @Override
  public void close() {
    if (refused != null) {
      refused.close();
    }
  }
}
