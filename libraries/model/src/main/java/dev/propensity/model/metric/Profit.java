package dev.propensity.model.metric;

/**
 * The profit of contacting every row from a threshold on.
 *
 * @param gain of a contact with a positive row
 * @param cost of each contact, in the same currency
 * @param threshold the score from which a row is contacted
 */
public record Profit(double gain, double cost, double threshold) {

  /** {@code gain × positives contacted − cost × contacts}. */
  public double of(ScoredRows rows) {
    return Confusion.at(rows, threshold).profit(gain, cost);
  }

  /**
   * The first model's profit − the second's on the same rows, with its interval by the variance of
   * the rows' differences.
   *
   * @throws IllegalArgumentException if the rows differ
   */
  public Interval difference(ScoredRows first, ScoredRows second) {
    return PairedRows.difference(first, second, this::ofRow).times(first.rows());
  }

  private double ofRow(double score, boolean isPositive) {
    if (score < threshold) {
      return 0;
    }
    return isPositive ? gain - cost : -cost;
  }
}
