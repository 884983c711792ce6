package dev.propensity.model.metric;

/**
 * A share of rows.
 *
 * @param hits how many rows count
 * @param rows of so many, at least one
 */
public record Proportion(int hits, int rows) {
  public Proportion {
    if (rows < 1 || hits < 0 || hits > rows) {
      throw new IllegalArgumentException(hits + " of " + rows + " rows");
    }
  }

  /** The share. */
  public double rate() {
    return (double) hits / rows;
  }

  /** The share with Wilson's 95% interval. */
  public Interval interval() {
    return wilson(rate(), rows);
  }

  /**
   * A share with Wilson's 95% interval (Probable inference, JASA 1927), which stays in [0, 1].
   *
   * <pre>
   * (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)
   * </pre>
   */
  static Interval wilson(double rate, int rows) {
    double z2 = Interval.NORMAL_QUANTILE * Interval.NORMAL_QUANTILE;
    double center = (rate + z2 / 2 / rows) / (1 + z2 / rows);
    double variance = rate * (1 - rate) / rows + z2 / 4 / rows / rows;
    double half = Interval.NORMAL_QUANTILE * StrictMath.sqrt(variance) / (1 + z2 / rows);
    return new Interval(rate, Math.max(0, center - half), Math.min(1, center + half));
  }

  /**
   * This share − the share of other rows, with Newcombe's 95% interval (Interval estimation for the
   * difference between independent proportions, Statistics in Medicine 17, 1998, method 10): with
   * Wilson's bounds l and u of both shares,
   *
   * <pre>
   * d − √((p₁ − l₁)² + (u₂ − p₂)²)   to   d + √((u₁ − p₁)² + (p₂ − l₂)²)
   * </pre>
   */
  public Interval minus(Proportion other) {
    Interval a = interval();
    Interval b = other.interval();
    double difference = a.value() - b.value();
    return new Interval(
        difference,
        difference - StrictMath.hypot(a.value() - a.low(), b.high() - b.value()),
        difference + StrictMath.hypot(a.high() - a.value(), b.value() - b.low()));
  }

  /**
   * The p-value of the difference from the share of other rows: the two-sided z-test with pooled
   * variance, whose square is Pearson's χ².
   *
   * @return 1 where both shares are 0 or both are 1
   */
  public double pValue(Proportion other) {
    double pooled = (double) (hits + other.hits) / (rows + other.rows);
    double variance = pooled * (1 - pooled) * (1.0 / rows + 1.0 / other.rows);
    return variance == 0 ? 1 : Significance.pValue((rate() - other.rate()) / Math.sqrt(variance));
  }
}
