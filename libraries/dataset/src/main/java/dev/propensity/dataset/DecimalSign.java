package dev.propensity.dataset;

/**
 * The decimal sign of a file's numbers. Where semicolons separate, a comma may be one: the first
 * sign that is met settles it, and a number with the other one is refused, so that 1.234 and 1,234
 * are never taken for each other.
 */
final class DecimalSign {
  private static final byte UNSETTLED = 0;

  private byte sign;

  /**
   * @param open whether it may be a comma
   */
  DecimalSign(boolean open) {
    this.sign = open ? UNSETTLED : (byte) '.';
  }

  /** The sign; 0 while it is not settled. */
  byte sign() {
    return sign;
  }

  boolean isComma() {
    return sign == ',';
  }

  /**
   * Puts a point in a number where its decimal comma stands.
   *
   * @throws BadCell where it has another sign than the numbers before
   */
  void apply(CellText text, String column) {
    int commas = text.count(',');
    int points = text.count('.');
    if (sign == UNSETTLED && commas + points == 1) {
      sign = (byte) (commas == 1 ? ',' : '.');
    }
    if (sign == ',') {
      if (points > 0) {
        throw new BadCell(
            column,
            text.string(),
            BadCell.Rule.NOT_A_NUMBER,
            "a point in a number, in a file with decimal commas");
      }
      text.replace(',', '.');
    }
  }
}
