package dev.propensity.dataset.draft;

import dev.propensity.dataset.profile.Copies;
import dev.propensity.foundation.Progress;
import dev.propensity.foundation.UserException;
import dev.propensity.table.CellText;
import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import dev.propensity.table.CsvReader;
import dev.propensity.table.Dialect;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a table holds, from one pass over its rows. Memory does not grow with the rows, except for
 * the hashes of up to {@value #MAX_UNIQUE} columns that may be identifiers.
 */
final class TableProfile {
  private static final int MAX_WORDS = 2_000_000; // of all columns
  private static final int MAX_TEXTS = 50_000; // of a column; more are not a category
  private static final int MAX_NUMBERS = 2_000;
  private static final int MAX_SAMPLE = 30_000; // rows
  private static final int FEWEST_WORDS = 200;
  private static final int MAX_BYTES = 4 << 20; // of a column's different words
  private static final int ALL_BYTES = 256 << 20;
  private static final int FEWEST_BYTES = 16 << 10;
  private static final int MAX_UNIQUE = 3;
  private static final long UNIQUE_CHECK = 1 << 16;

  private final CsvReader table;
  private final List<ColumnProfile> columns = new ArrayList<>();
  private final RowSample sample;
  private final DuplicateRows duplicates;
  private long rows;
  private String ragged = ""; // the first row with too few or too many cells

  private TableProfile(CsvReader table) {
    this.table = table;
    int share = Math.max(FEWEST_WORDS, MAX_WORDS / table.header().size());
    int bytes = Math.max(FEWEST_BYTES, Math.min(MAX_BYTES, ALL_BYTES / table.header().size()));
    boolean semicolons = table.dialect().separator() == ';';
    for (String name : table.header()) {
      columns.add(
          new ColumnProfile(
              name, semicolons, Math.min(MAX_NUMBERS, share), Math.min(MAX_TEXTS, share), bytes));
    }
    this.sample = new RowSample(table.headerText().clone(), MAX_SAMPLE);
    this.duplicates = new DuplicateRows(columns);
  }

  /**
   * Reads a whole table.
   *
   * @param csv the table; the caller closes it
   * @param where the table's name, for errors
   * @throws UserException where it is not a CSV in UTF-8 with a header and rows
   */
  static TableProfile read(InputStream csv, String where) {
    TableProfile profile = new TableProfile(CsvReader.open(csv, where, Set.of()));
    profile.readRows();
    return profile;
  }

  /**
   * Rejects a table whose first line is a row.
   *
   * @param label a column that the header must have; null where any may be the label
   */
  void requireHeader(@Nullable String label) {
    boolean named = label != null && table.header().contains(label);
    if (named || !new HeaderCheck(columns, table.dialect()).isRow()) {
      return;
    }
    List<String> header = table.header();
    throw new UserException(
        String.format(
            "%s, line %d: there is no header: the first line is a row (%s%s); add a line with the"
                + " columns' names",
            table.where(),
            table.headerLine(),
            String.join(", ", header.subList(0, Math.min(3, header.size()))),
            header.size() > 3 ? ", …" : ""));
  }

  private void readRows() {
    CsvCells cells = new CsvCells(table.where(), table.dialect().separator());
    CellText text = new CellText(table.where());
    long[] hashes = new long[columns.size()];
    Progress progress = Progress.of("rows read");
    for (CsvChunk chunk = table.next(); chunk != null; chunk = table.next()) {
      long before = rows;
      cells.open(chunk);
      while (cells.nextRecord()) {
        readRecord(cells, text, hashes);
        sample.add(chunk.bytes(), cells.recordStart(), cells.position());
      }
      progress.add(rows - before);
      if (before < UNIQUE_CHECK && rows >= UNIQUE_CHECK) {
        limitUnique();
      }
    }
    if (rows == 0) {
      throw new UserException(table.where() + " has a header and no rows");
    }
  }

  private void readRecord(CsvCells cells, CellText text, long[] hashes) {
    rows++;
    int cell = 0;
    do {
      if (cell < hashes.length) {
        hashes[cell] = columns.get(cell).read(cells, text);
      } else {
        cells.cell();
      }
      cell++;
    } while (!cells.endsRecord());
    if (cell == hashes.length) {
      duplicates.add(hashes);
    } else if (ragged.isEmpty()) {
      ragged =
          String.format(
              "%s, line %d: %d cells where the header has %d",
              table.where(), cells.recordLine(), cell, hashes.length);
    }
  }

  /** Of many columns without a repeated value, only the first with a telling name are followed. */
  private void limitUnique() {
    List<ColumnProfile> unique =
        columns.stream()
            .filter(ColumnProfile::isUnique)
            .sorted(
                (a, b) ->
                    Boolean.compare(NameWords.isIdentifier(b.name), NameWords.isIdentifier(a.name)))
            .toList();
    unique.stream().skip(MAX_UNIQUE).forEach(ColumnProfile::ignoreIdentifiers);
  }

  /** The columns, in the header's order. */
  List<ColumnProfile> columns() {
    return columns;
  }

  long rows() {
    return rows;
  }

  /**
   * What is wrong with the first row that has too few or too many cells; empty if there is none.
   */
  String ragged() {
    return ragged;
  }

  /** Some rows, or all. */
  RowSample sample() {
    return sample;
  }

  /** The copies that a test split of these rows would have; null where they are few. */
  @Nullable Copies copies(LabelCandidate label) {
    return duplicates.copies(label);
  }

  /** How it is written, with the decimal sign of most numbers; unknown where none has one. */
  Dialect dialect() {
    if (hasDecimalCommas()) {
      return table.dialect().withDecimal(',');
    }
    return sum(false) > 0 ? table.dialect().withDecimal('.') : table.dialect();
  }

  /** Whether more numbers have a decimal comma than a point. */
  boolean hasDecimalCommas() {
    return sum(true) > sum(false);
  }

  /** Whether some numbers have a decimal comma, and others a point. */
  boolean hasBothSigns() {
    return sum(true) > 0 && sum(false) > 0;
  }

  private long sum(boolean commas) {
    return columns.stream().mapToLong(c -> commas ? c.commas() : c.points()).sum();
  }
}
