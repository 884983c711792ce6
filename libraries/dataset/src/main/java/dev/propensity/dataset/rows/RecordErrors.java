package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.BadCell;
import dev.propensity.table.CellText;
import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The bad cells of the record that is read; reused for the next record. */
final class RecordErrors {
  /**
   * Of further bad rows in a chunk only the rules are kept, since a malicious table may have
   * millions.
   */
  private static final int DETAILED = 10;

  private static final Map<BadCell.Rule, BadCell> ABRIDGED = new EnumMap<>(BadCell.Rule.class);
  private static final Map<BadCell.Rule, List<BadCell>> ABRIDGED_ALONE =
      new EnumMap<>(BadCell.Rule.class);

  static {
    for (BadCell.Rule rule : BadCell.Rule.values()) {
      ABRIDGED.put(rule, new BadCell("", "", rule, ""));
      ABRIDGED_ALONE.put(rule, List.of(ABRIDGED.get(rule)));
    }
  }

  private final int columns;
  private final boolean hasHeader;
  private final char separator;
  private final List<BadCell> bad = new ArrayList<>();
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

  /** Keeps all errors of every bad row. */
  void keepAll() {
    keepsAll = true;
  }

  boolean isEmpty() {
    return bad.isEmpty();
  }

  void add(BadCell cell) {
    bad.add(cell);
  }

  /**
   * Replaces the record's errors by the one that it has too few or too many cells.
   *
   * @param count of its cells
   */
  void setRagged(RowBatch batch, int recordStart, int count) {
    bad.clear();
    bad.add(
        isDetailed(batch)
            ? ragged(batch.chunk(), recordStart, count)
            : ABRIDGED.get(BadCell.Rule.RAGGED));
  }

  /** Adds the record to the batch's bad rows, and forgets its errors. */
  void moveTo(RowBatch batch, long line, int recordStart) {
    batch.addBad(line, recordStart, isDetailed(batch) ? List.copyOf(bad) : abridged());
    bad.clear();
  }

  private boolean isDetailed(RowBatch batch) {
    return keepsAll || batch.bad().size() < DETAILED;
  }

  /** The bad cells by their rules alone. */
  private List<BadCell> abridged() {
    return bad.size() == 1
        ? Objects.requireNonNull(ABRIDGED_ALONE.get(bad.get(0).rule))
        : bad.stream().map(cell -> ABRIDGED.get(cell.rule)).toList();
  }

  private BadCell ragged(CsvChunk chunk, int recordStart, int count) {
    CsvCells record = new CsvCells("", separator);
    record.openRecord(chunk, recordStart);
    StringBuilder shown = new StringBuilder();
    CellText cell = new CellText("the row");
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
    return new BadCell(
        "the row",
        shown + (count > 1 ? "…" : ""),
        BadCell.Rule.RAGGED,
        count + (count == 1 ? " cell" : " cells") + " where " + expected + hint);
  }
}
