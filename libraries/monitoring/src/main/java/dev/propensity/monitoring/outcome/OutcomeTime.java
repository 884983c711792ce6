package dev.propensity.monitoring.outcome;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * The time of an outcome by ISO 8601: a date, an instant, or a time without an offset, which is in
 * UTC.
 */
public final class OutcomeTime {
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern OFFSET = Pattern.compile(".*(?:Z|[+-]\\d{2}:?\\d{2})");

  private OutcomeTime() {}

  /**
   * Parses a time.
   *
   * @return for a date, its midnight in UTC
   * @throws DateTimeException if it is none
   */
  public static Instant parse(String text) {
    if (DATE.matcher(text).matches()) {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    String iso = text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
    return OFFSET.matcher(iso.substring(Math.min(10, iso.length()))).matches()
        ? OffsetDateTime.parse(iso).toInstant()
        : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
  }
}
