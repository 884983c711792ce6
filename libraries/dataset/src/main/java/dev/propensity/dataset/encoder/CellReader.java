package dev.propensity.dataset.encoder;

import dev.propensity.dataset.specification.Column;
import dev.propensity.table.CellText;
import org.jspecify.annotations.Nullable;

/**
 * Turns a column's cells into float32 features, and rejects those that break its rule. There is a
 * subclass for each kind of column, which reads cells that are trimmed and not missing.
 */
public abstract class CellReader {
  public final Column column;
  private final @Nullable WordIndex missingValues; // null where there are none

  CellReader(Column column) {
    this.column = column;
    this.missingValues =
        column.missingValues().isEmpty()
            ? null
            : new WordIndex(column.missingValues().stream().map(CellReader::trimmed).toList());
  }

  /** Whether this character may be left out around a cell. */
  public static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /** The text without the blanks around it. */
  public static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /**
   * The cell's feature; NaN for a missing value. Blanks around the cell are left out.
   *
   * @throws InvalidCell where the cell breaks the column's rule
   */
  public final float read(char[] text, int offset, int length) {
    int from = offset;
    int to = offset + length;
    while (from < to && isBlank(text[from])) {
      from++;
    }
    while (to > from && isBlank(text[to - 1])) {
      to--;
    }
    if (!isMissing(text, from, to)) {
      return value(text, from, to - from);
    }
    if (!column.missing()) {
      throw invalid(text, from, to - from, InvalidCell.Rule.MISSING, "value is missing");
    }
    return Float.NaN;
  }

  private boolean isMissing(char[] text, int from, int to) {
    return from == to || missingValues != null && missingValues.find(text, from, to - from) >= 0;
  }

  /** Whether the text is a word that means a missing value. */
  public final boolean isMissingWord(CellText text) {
    return missingValues != null && isMissing(trimmed(text.string()));
  }

  /** Whether the text, which is trimmed, is empty or a word that means a missing value. */
  final boolean isMissing(String text) {
    return isMissing(text.toCharArray(), 0, text.length());
  }

  /**
   * The feature of a cell that is trimmed and not missing.
   *
   * @throws InvalidCell where the cell breaks the column's rule
   */
  abstract float value(char[] text, int offset, int length);

  /** Whether a cell that is a number is compared as a number, whatever its decimal sign. */
  public boolean comparesNumbers() {
    return false;
  }

  final InvalidCell invalid(
      char[] text, int offset, int length, InvalidCell.Rule rule, String message) {
    return new InvalidCell(column.name(), new String(text, offset, length), rule, message);
  }

  final InvalidCell notListed(char[] text, int offset, int length) {
    String all = String.join(", ", column.values());
    return invalid(text, offset, length, InvalidCell.Rule.NOT_LISTED, "must be one of " + all);
  }

  /** The reader of a feature whose encoder is fitted. */
  static CellReader of(Encoder.Feature feature) {
    return switch (feature.column().kind()) {
      case NUMBER -> new NumberReader(feature.column());
      case CATEGORY -> new FittedCategory(feature);
      case ORDINAL, BOOLEAN -> new ListedReader(feature.column());
      case DATE -> new DateReader(feature.column());
    };
  }

  /** The reader of a column whose cells are only checked. */
  public static CellReader checking(Column column) {
    return switch (column.kind()) {
      case NUMBER -> new NumberReader(column);
      case CATEGORY ->
          column.values().isEmpty() ? new AnyWordReader(column) : new ListedReader(column);
      case ORDINAL, BOOLEAN -> new ListedReader(column);
      case DATE -> new DateReader(column);
    };
  }

  /** The reader of a column before the encoder is fitted. */
  public static CellReader building(Column column) {
    return switch (column.kind()) {
      case NUMBER -> new NumberReader(column);
      case CATEGORY -> new VocabularyBuilder(column);
      case ORDINAL, BOOLEAN -> new ListedReader(column);
      case DATE -> new DateReader(column);
    };
  }
}
