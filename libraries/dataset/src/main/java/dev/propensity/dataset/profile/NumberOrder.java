package dev.propensity.dataset.profile;

/** Whether a column's numbers are whole, rise or fall with the rows, and how dense they are. */
final class NumberOrder {
  private static final double GAPS = 2;

  private boolean whole = true;
  private boolean rises = true;
  private boolean falls = true;
  private double last = Double.NaN;
  private double minimum = Double.POSITIVE_INFINITY;
  private double maximum = Double.NEGATIVE_INFINITY;
  private long count;

  /** Adds the next row's number, which is not NaN. */
  void add(double number) {
    if (!whole) {
      return; // of no interest
    }
    whole = number == Math.rint(number);
    rises &= !(number <= last);
    falls &= !(number >= last);
    last = number;
    minimum = Math.min(minimum, number);
    maximum = Math.max(maximum, number);
    count++;
  }

  boolean isWhole() {
    return whole;
  }

  /**
   * Whether the numbers are whole, and rise or fall from row to row, or their range has at most
   * twice as many whole numbers as there are rows.
   */
  boolean isSequence() {
    return whole && (rises || falls || maximum - minimum < GAPS * count);
  }
}
