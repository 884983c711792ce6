package dev.propensity.task;

import dev.propensity.foundation.UserException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Options that are instants. */
public final class TimeOption {
  private TimeOption() {}

  /**
   * An option's instant, in whole milliseconds.
   *
   * @param option its name, for errors
   * @param text as {@link Instant} writes it; empty for now
   * @throws UserException if it is none
   */
  public static Instant parse(String option, String text) {
    try {
      Instant time = text.isEmpty() ? Instant.now() : Instant.parse(text);
      return time.truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException e) {
      throw new UserException(
          option + " is '" + text + "': write a time like 2026-11-30T13:00:00Z", e);
    }
  }
}
