package dev.propensity.dataset;

import dev.propensity.table.CellText;

/**
 * The decimal sign of a table's numbers. Where semicolons separate and the specification says
 * nothing, a comma may be one: the first sign that is met settles it, and a number with the other
 * one is rejected, so that 1.234 and 1,234 are never taken for each other. Categories that are
 * compared as numbers have it, too.
 */
final class DecimalSign {
  /** A comma, settled. */
  static final DecimalSign COMMA = new DecimalSign((byte) ',');

  private static final byte UNSETTLED = 0;

  private byte sign;

  private DecimalSign(byte sign) {
    this.sign = sign;
  }

  /**
   * @param specified what the specification says: "." or ","; null where it says nothing
   * @param separator between the table's cells
   */
  static DecimalSign of(String specified, char separator) {
    if (specified != null) {
      return new DecimalSign((byte) specified.charAt(0));
    }
    return new DecimalSign(separator == ';' ? UNSETTLED : (byte) '.');
  }

  /** The sign; 0 while it is not settled. */
  byte sign() {
    return sign;
  }

  boolean isSettled() {
    return sign != UNSETTLED;
  }

  boolean isComma() {
    return sign == ',';
  }

  /**
   * Puts a point in a number where its decimal comma is. Text that is no number with either sign is
   * left alone, so that what is wrong with it does not depend on the numbers before.
   *
   * @throws BadCell where it has another sign than the numbers before
   */
  void apply(CellText text, String column) {
    settleBy(text);
    if (sign == ',') {
      if (text.count('.') == 1 && text.count(',') == 0 && isNumber(text)) {
        throw new BadCell(
            column,
            text.string(),
            BadCell.Rule.NOT_A_NUMBER,
            "a point in a number, in a table with decimal commas; write numbers without thousands"
                + " separators");
      }
      if (text.count('.') == 0 && text.count(',') == 1) {
        text.replace(',', '.');
      }
    }
  }

  /** Takes the sign of this text, if it is a number that has one and nothing is settled yet. */
  void settleBy(CellText text) {
    int commas = text.count(',');
    if (sign == UNSETTLED && commas + text.count('.') == 1 && isNumber(text)) {
      sign = (byte) (commas == 1 ? ',' : '.');
    }
  }

  /** Puts a point in a cell that is a number with a decimal comma, and leaves other text alone. */
  void applyToCategory(CellText text) {
    if (sign == ',' && text.count(',') == 1 && text.count('.') == 0 && isNumber(text)) {
      text.replace(',', '.');
    }
  }

  // Words settle nothing.
  private static boolean isNumber(CellText text) {
    return !Double.isNaN(Numbers.parseOrNaN(CellReader.trimmed(text.string()).replace(',', '.')));
  }
}
