package dev.propensity.tasks.teardown.resource;

import java.util.Locale;

/**
 * The cost of keeping something.
 *
 * @param monthly US dollars a month of 730 hours
 * @param known whether the price table has it
 */
public record Cost(double monthly, boolean known) {
  /** No cost. */
  public static final Cost NOTHING = new Cost(0, true);

  /** A price that is not in the price table. */
  public static final Cost UNKNOWN = new Cost(0, false);

  public Cost plus(Cost other) {
    return new Cost(monthly + other.monthly, known && other.known);
  }

  /** For the end of a line: empty if it costs nothing. */
  public String text() {
    if (!known) {
      return "price unknown";
    }
    return monthly == 0 ? "" : amount() + " a month";
  }

  /** For a sentence about a whole stage: {@code nothing} or {@code about $40.88 a month}. */
  public String sum() {
    if (monthly == 0) {
      return known ? "nothing" : "an unknown amount";
    }
    String sum = (monthly < 0.01 ? "" : "about ") + amount() + " a month";
    return known ? sum : sum + ", plus items without a known price";
  }

  private String amount() {
    return monthly < 0.01 ? "less than $0.01" : String.format(Locale.ROOT, "$%.2f", monthly);
  }
}
