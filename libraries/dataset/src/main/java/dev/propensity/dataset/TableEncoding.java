package dev.propensity.dataset;

import java.util.Arrays;
import java.util.List;

/** Encodes a whole CSV in memory with a fitted encoder. */
final class TableEncoding {
  private final Encoder encoder;
  private final CsvTable csv;
  private final String where;
  private final BadRows bad = new BadRows();
  private final int[] cells;
  private final int identifierCell;
  private final int labelCell;
  private final LabelReader labelReader;
  private String[] identifiers = new String[1024];
  private byte[] labels = new byte[1024];
  private float[] values;
  private int rows;

  TableEncoding(Encoder encoder, CsvTable csv, String where) {
    this.encoder = encoder;
    this.csv = csv;
    this.where = where;
    this.cells = csv.require(names());
    this.identifierCell = csv.find(encoder.identifier());
    this.labelCell = csv.find(encoder.label().column());
    this.labelReader = new LabelReader(encoder.label());
    this.values = new float[1024 * cells.length];
  }

  private List<String> names() {
    return encoder.features().stream().map(feature -> feature.column().name()).toList();
  }

  FeatureTable table() {
    long count = 0;
    for (Row row = csv.next(); row != null; row = csv.next()) {
      count++;
      try {
        add(row);
      } catch (BadCell e) {
        bad.add(row.line(), e);
      }
    }
    if (bad.count() > 0) {
      throw bad.refusal(where, count, "");
    }
    return new FeatureTable(
        names(),
        Arrays.copyOf(identifiers, rows),
        Arrays.copyOf(labels, rows),
        Arrays.copyOf(values, rows * cells.length));
  }

  private void add(Row row) {
    if (row.cells() != csv.header().size()) {
      throw BadRows.ragged(row, csv.header().size());
    }
    if (rows == labels.length) {
      identifiers = Arrays.copyOf(identifiers, rows * 2);
      labels = Arrays.copyOf(labels, rows * 2);
      values = Arrays.copyOf(values, Math.multiplyExact(rows * 2, cells.length));
    }
    for (int i = 0; i < cells.length; i++) {
      values[rows * cells.length + i] =
          encoder.reader(i).read(row.text(), row.start(cells[i]), row.length(cells[i]));
    }
    labels[rows] =
        labelCell < 0 || row.length(labelCell) == 0 ? -1 : labelReader.read(row, labelCell);
    identifiers[rows] = identifierCell < 0 ? String.valueOf(rows + 1) : identifier(row);
    rows++;
  }

  private String identifier(Row row) {
    if (row.length(identifierCell) == 0) {
      throw new BadCell(
          encoder.identifier(), "", BadCell.Rule.MISSING, "an identifier must stand here");
    }
    return row.cell(identifierCell);
  }
}
