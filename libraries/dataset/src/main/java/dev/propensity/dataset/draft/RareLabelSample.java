package dev.propensity.dataset.draft;

import dev.propensity.table.CsvCells;
import dev.propensity.table.CsvChunk;
import dev.propensity.table.CsvReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A sample of a table with all rows of the rarer label, up to some thousands. */
final class RareLabelSample {
  private static final int MAX_RARE = 5_000;
  private static final int MAX_OTHERS = 25_000;

  private RareLabelSample() {}

  /**
   * Reads the table once.
   *
   * @param csv the table; the caller closes it
   * @param labels of the label's cells, 1 or 0, by their hashes
   * @return a table: the rows of the rarer label, then others
   */
  static InputStream read(
      InputStream csv, String where, LabelCandidate label, Map<Long, Byte> labels) {
    byte rarer = (byte) (label.positives() <= label.negatives() ? 1 : 0);
    CsvReader table = CsvReader.open(csv, where, Set.of());
    RowSample rare = new RowSample(table.headerText().clone(), MAX_RARE);
    RowSample others = new RowSample(new byte[0], MAX_OTHERS);
    CsvCells cells = new CsvCells(where, table.dialect().separator());
    for (CsvChunk chunk = table.next(); chunk != null; chunk = table.next()) {
      cells.open(chunk);
      while (cells.nextRecord()) {
        Byte its = labels.get(hash(cells, label.column()));
        if (its != null) {
          (its == rarer ? rare : others).add(chunk.bytes(), cells.recordStart(), cells.position());
        }
      }
    }
    InputStream newline = new ByteArrayInputStream(new byte[] {'\n'}); // the last row may have none
    return new SequenceInputStream(
        Collections.enumeration(List.of(rare.table(), newline, others.table())));
  }

  /** The hash of one cell of a record, which is read to its end. */
  private static long hash(CsvCells cells, int column) {
    long hash = 0;
    int number = 0;
    do {
      cells.cell();
      if (number++ == column) {
        hash = WordCounts.hash(cells.text(), cells.start(), cells.end());
      }
    } while (!cells.endsRecord());
    return hash;
  }
}
