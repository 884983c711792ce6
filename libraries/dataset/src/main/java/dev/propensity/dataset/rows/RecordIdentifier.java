package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.table.CsvCells;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The identifier of the record that is read, in UTF-8; reused for the next record. */
final class RecordIdentifier {
  private static final int MISSING = -1;

  private final String column;
  private byte[] bytes = new byte[64];
  private int length; // 0 where the table has none

  /**
   * @param column the identifier's name, for errors
   */
  RecordIdentifier(String column) {
    this.column = column;
  }

  void clear() {
    length = 0;
  }

  /** Takes the text of the last cell. */
  void take(CsvCells cells) {
    length = cells.end() - cells.start();
    if (bytes.length < length) {
      bytes = new byte[length * 2];
    }
    System.arraycopy(cells.text(), cells.start(), bytes, 0, length);
    if (length == 0) {
      length = MISSING;
    }
  }

  /** The error in the identifier; null if it is valid, or the table has none. */
  @Nullable InvalidCell error() {
    if (length == 0) {
      return null;
    }
    String error = IdentifierRule.error(Math.max(0, length));
    if (error == null) {
      return null;
    }
    if (length == MISSING) {
      return new InvalidCell(column, "", InvalidCell.Rule.MISSING, error);
    }
    String shown = new String(bytes, 0, IdentifierRule.MAX_LENGTH, StandardCharsets.UTF_8);
    return new InvalidCell(column, shown, InvalidCell.Rule.TOO_LONG, error);
  }

  /** Holds the identifier from 0; not a copy. */
  byte[] bytes() {
    return bytes;
  }

  /** How many bytes it has, if it has no error. */
  int length() {
    return length;
  }
}
