package dev.propensity.dataset;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A table's rows, one after another, each checked against the specification. */
final class CheckedRows {
  private final DatasetSpec spec;
  private final CsvTable csv;
  private final int[] cells;
  private final CellReader[] readers;
  private final LabelReader labelReader;
  private final IdentifierSet identifiers = new IdentifierSet();
  private final Utf8Cell identifier = new Utf8Cell();
  private final float[] values;
  private byte label;

  /**
   * @param where the table's name, for errors
   * @param readers one a column of the specification, in its order
   */
  CheckedRows(InputStream in, String where, DatasetSpec spec, CellReader[] readers) {
    this.spec = spec;
    this.csv = new CsvTable(in, where);
    this.cells = csv.require(names(spec));
    this.readers = readers;
    this.labelReader = new LabelReader(spec.label());
    this.values = new float[readers.length];
  }

  /** The names of the identifier, the label and all columns. */
  static List<String> names(DatasetSpec spec) {
    List<String> names = new ArrayList<>(List.of(spec.identifier(), spec.label().column()));
    spec.columns().forEach(column -> names.add(column.name()));
    return names;
  }

  List<String> header() {
    return csv.header();
  }

  /** The next row as it stands there, unchecked; null at the end. */
  Row next() {
    return csv.next();
  }

  /**
   * Checks and reads the row that {@link #next} gave.
   *
   * @throws BadCell for the first thing that is wrong with it
   */
  void check(Row row) {
    if (row.cells() != csv.header().size()) {
      throw BadRows.ragged(row, csv.header().size());
    }
    identifier.set(row.text(), row.start(cells[0]), row.length(cells[0]));
    if (identifier.length() == 0) {
      throw new BadCell(
          spec.identifier(), "", BadCell.Rule.MISSING, "an identifier must stand here");
    }
    for (int i = 0; i < values.length; i++) {
      int cell = cells[2 + i];
      values[i] = readers[i].read(row.text(), row.start(cell), row.length(cell));
    }
    label = labelReader.read(row, cells[1]);
    long first = identifiers.add(identifier.bytes(), identifier.length(), row.line());
    if (first != 0) {
      throw new BadCell(
          spec.identifier(),
          row.cell(cells[0]),
          BadCell.Rule.DOUBLED,
          "stands already on line " + first);
    }
  }

  /** The checked row's identifier. */
  Utf8Cell identifier() {
    return identifier;
  }

  /** The checked row's label. */
  byte label() {
    return label;
  }

  /** The checked row's columns; used again for the next. */
  float[] values() {
    return values;
  }
}
