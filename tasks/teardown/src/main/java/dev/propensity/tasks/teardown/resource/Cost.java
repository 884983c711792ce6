package dev.propensity.tasks.teardown.resource;

import java.util.Locale;

/**
 * What something costs to keep.
 *
 * @param monthly US dollars a month of 730 hours
 * @param known whether the price table has it
 */
public record Cost(double monthly, boolean known) {
  /** It costs nothing to keep. */
  public static final Cost NOTHING = new Cost(0, true);

  /** The price table does not have it. */
  public static final Cost UNKNOWN = new Cost(0, false);

  public Cost plus(Cost other) {
    return new Cost(monthly + other.monthly, known && other.known);
  }

  /** For a line's end: empty where it costs nothing. */
  public String text() {
    if (!known) {
      return "price unknown";
    }
    return monthly == 0 ? "" : amount() + " a month";
  }

  /** For a sentence about a whole stage: {@code nothing} or {@code about $40.88 a month}. */
  public String sum() {
    if (monthly == 0) {
      return known ? "nothing" : "an unknown sum";
    }
    String sum = (monthly < 0.01 ? "" : "about ") + amount() + " a month";
    return known ? sum : sum + ", beside what has no known price";
  }

  private String amount() {
    return monthly < 0.01 ? "less than $0.01" : String.format(Locale.ROOT, "$%.2f", monthly);
  }
}
