package dev.propensity.dataset;

/** Tells the label's two words. */
final class LabelReader {
  private final DatasetSpec.Label label;
  private final char[] positive;
  private final char[] negative;

  LabelReader(DatasetSpec.Label label) {
    this.label = label;
    this.positive = label.positive().toCharArray();
    this.negative = label.negative().toCharArray();
  }

  /**
   * 1 for a positive label, 0 for a negative one.
   *
   * @throws BadCell for any other
   */
  byte read(Row row, int cell) {
    if (is(positive, row, cell)) {
      return 1;
    }
    if (is(negative, row, cell)) {
      return 0;
    }
    BadCell.Rule rule = row.length(cell) == 0 ? BadCell.Rule.MISSING : BadCell.Rule.LABEL;
    String rest = "the label must be '" + label.positive() + "' or '" + label.negative() + "'";
    throw new BadCell(label.column(), row.cell(cell), rule, rest);
  }

  private static boolean is(char[] word, Row row, int cell) {
    int start = row.start(cell);
    if (row.length(cell) != word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (row.text()[start + i] != word[i]) {
        return false;
      }
    }
    return true;
  }
}
