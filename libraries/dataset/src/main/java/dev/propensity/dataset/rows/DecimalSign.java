package dev.propensity.dataset.rows;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.table.CellText;
import dev.propensity.table.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * The decimal sign of a table's numbers. Where semicolons separate and the specification does not
 * set it, a comma may be one: the first sign in the table decides, and a number with the other one
 * is rejected, so that 1.234 and 1,234 are never confused. Categories that are compared as numbers
 * have it, too, and so has the label.
 */
public final class DecimalSign {
  private static final byte UNSETTLED = 0;

  private final boolean semicolons; // separate the cells
  private final boolean mayBeComma; // regardless of the cells that are read so far
  private byte sign;

  private DecimalSign(byte sign, boolean semicolons) {
    this.sign = sign;
    this.semicolons = semicolons;
    this.mayBeComma = sign != '.';
  }

  /**
   * @param specified of the specification: "." or ","; null where it is not set
   * @param separator between the table's cells
   */
  static DecimalSign of(@Nullable String specified, char separator) {
    boolean semicolons = separator == ';';
    if (specified != null) {
      return new DecimalSign((byte) specified.charAt(0), semicolons);
    }
    return new DecimalSign(semicolons ? UNSETTLED : (byte) '.', semicolons);
  }

  /** The sign; 0 while it is not settled. */
  byte sign() {
    return sign;
  }

  boolean isKnown() {
    return sign != UNSETTLED;
  }

  boolean isComma() {
    return sign == ',';
  }

  /**
   * Replaces a number's decimal comma by a point. Text that is not a number with either sign is
   * unchanged, so that its error does not depend on the numbers before.
   *
   * @throws InvalidCell where it has another sign than the numbers before
   */
  void apply(CellText text, String column) {
    detect(text);
    if (sign == ',') {
      if (text.count('.') == 1 && text.count(',') == 0 && isNumber(text)) {
        throw new InvalidCell(
            column,
            text.string(),
            InvalidCell.Rule.NOT_A_NUMBER,
            "a point in a number, in a table with decimal commas: write a comma, and no thousands"
                + " separators");
      }
      if (text.count('.') == 0 && text.count(',') == 1) {
        text.replace(',', '.');
      }
    } else if (semicolons && text.count(',') == 1 && text.count('.') == 0 && isNumber(text)) {
      throw new InvalidCell(
          column,
          text.string(),
          InvalidCell.Rule.NOT_A_NUMBER,
          "not a number; this table has decimal points: write a point, and no thousands"
              + " separators");
    }
  }

  /** Takes the sign of this text, if it is a number that has one and nothing is settled yet. */
  void detect(CellText text) {
    if (sign != UNSETTLED) {
      return;
    }
    int commas = text.count(',');
    if (commas + text.count('.') == 1 && isNumber(text)) {
      sign = (byte) (commas == 1 ? ',' : '.');
    }
  }

  /**
   * Puts a point in a cell that is a number with a decimal comma, and leaves other text unchanged.
   */
  void applyToCategory(CellText text) {
    if (sign == ',') {
      putPoint(text);
    }
  }

  /** The same where the sign is a comma. */
  static void putPoint(CellText text) {
    if (text.count(',') == 1 && text.count('.') == 0 && isNumber(text)) {
      text.replace(',', '.');
    }
  }

  /**
   * The same of the words that decide rows' splits, also before the sign is settled: a word has one
   * form throughout the table.
   */
  String keyWord(String word) {
    return mayBeComma ? withPoint(word) : word;
  }

  /** The same of a word. */
  public static String withPoint(String word) {
    String other = word.replace(',', '.');
    return word.indexOf('.') < 0 && !Double.isNaN(Numbers.parseOrNaN(other)) ? other : word;
  }

  // Words settle nothing.
  private static boolean isNumber(CellText text) {
    return !Double.isNaN(Numbers.parseOrNaN(CellReader.trimmed(text.string()).replace(',', '.')));
  }
}
