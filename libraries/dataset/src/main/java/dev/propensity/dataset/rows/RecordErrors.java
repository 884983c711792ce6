package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.table.CellText;
import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The invalid cells of the record that is read; reused for the next record. */
final class RecordErrors {
  /**
   * Of further invalid rows in a chunk only columns and rules are kept, since a malicious table may
   * have millions.
   */
  private static final int DETAILED = 10;

  private static final String ROW = "the row";

  private final int columns;
  private final boolean hasHeader;
  private final char separator;
  private final List<InvalidCell> invalid = new ArrayList<>();
  private final Map<String, Map<InvalidCell.Rule, List<InvalidCell>>> abridged = new HashMap<>();
  private boolean keepsAll;

  /**
   * @param columns how many cells a record must have
   * @param hasHeader whether the table has one; else its columns are the model's
   */
  RecordErrors(int columns, boolean hasHeader, char separator) {
    this.columns = columns;
    this.hasHeader = hasHeader;
    this.separator = separator;
  }

  /** Keeps all errors of every invalid row. */
  void keepAll() {
    keepsAll = true;
  }

  boolean isEmpty() {
    return invalid.isEmpty();
  }

  /** Whether the record has an error in this column. */
  boolean has(String column) {
    return invalid.stream().anyMatch(cell -> cell.column.equals(column));
  }

  void add(InvalidCell cell) {
    invalid.add(cell);
  }

  /**
   * Replaces the record's errors by the one that it has too few or too many cells.
   *
   * @param count of its cells
   */
  void setRagged(RowBatch batch, int recordStart, int count) {
    invalid.clear();
    invalid.add(
        isDetailed(batch)
            ? ragged(batch.chunk(), recordStart, count)
            : abridged(ROW, InvalidCell.Rule.RAGGED).get(0));
  }

  /** Adds the record to the batch's invalid rows, and forgets its errors. */
  void moveTo(RowBatch batch, long line, int recordStart) {
    batch.addInvalid(line, recordStart, isDetailed(batch) ? List.copyOf(invalid) : abridged());
    invalid.clear();
  }

  private boolean isDetailed(RowBatch batch) {
    return keepsAll || batch.invalid().size() < DETAILED;
  }

  /** The invalid cells by their columns and rules alone. */
  private List<InvalidCell> abridged() {
    return invalid.size() == 1
        ? abridged(invalid.get(0).column, invalid.get(0).rule)
        : invalid.stream().map(cell -> abridged(cell.column, cell.rule).get(0)).toList();
  }

  private List<InvalidCell> abridged(String column, InvalidCell.Rule rule) {
    return abridged
        .computeIfAbsent(column, key -> new EnumMap<>(InvalidCell.Rule.class))
        .computeIfAbsent(rule, key -> List.of(new InvalidCell(column, "", rule, "")));
  }

  private InvalidCell ragged(CsvChunk chunk, int recordStart, int count) {
    CsvCells record = new CsvCells("", separator);
    record.openRecord(chunk, recordStart);
    StringBuilder shown = new StringBuilder();
    CellText cell = new CellText(ROW);
    boolean lastIsEmpty = false;
    for (int i = 0; i < count; i++) {
      record.cell();
      lastIsEmpty = record.start() == record.end();
      if (i < 2) {
        cell.set(record);
        shown.append(cell.string()).append(count > 1 ? "," : "");
      }
    }
    String expected =
        hasHeader
            ? "the header has " + columns
            : "the model has " + columns + (columns == 1 ? " column" : " columns");
    String hint =
        count == columns + 1 && lastIsEmpty
            ? "; the last is empty: remove the separator at the line's end"
            : "";
    return new InvalidCell(
        ROW,
        shown + (count > 1 ? "…" : ""),
        InvalidCell.Rule.RAGGED,
        count + (count == 1 ? " cell" : " cells") + " where " + expected + hint);
  }
}
