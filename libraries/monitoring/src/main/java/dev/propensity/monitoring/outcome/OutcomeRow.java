package dev.propensity.monitoring.outcome;

/**
 * What is known of a customer.
 *
 * @param identifier as it is stored: by the batch's header, an HMAC or as it is
 * @param label 1 positive, 0 negative, {@link #UNKNOWN} without an answer yet
 * @param time of the outcome in milliseconds since 1970, for a date its midnight in UTC; {@link
 *     #NO_TIME} where the table has none
 * @param contacted 1 or 0; {@link #UNKNOWN} where the table has no such column
 */
public record OutcomeRow(String identifier, byte label, long time, byte contacted) {
  /** No label, or whether the customer was contacted is not known. */
  public static final byte UNKNOWN = -1;

  /** No time. */
  public static final long NO_TIME = Long.MIN_VALUE;
}
