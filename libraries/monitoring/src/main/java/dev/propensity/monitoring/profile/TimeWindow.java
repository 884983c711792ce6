package dev.propensity.monitoring.profile;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.propensity.dataset.specification.MonitorRule;
import dev.propensity.foundation.UserException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A window of time, in UTC: an hour, a day, a week, or what has passed of one.
 *
 * @param from the first instant
 * @param to the instant at which it ends, which is not in it
 */
public record TimeWindow(Instant from, Instant to) {
  private static final Pattern WEEK = Pattern.compile("(\\d{4})-W(\\d{2})");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern HOUR = Pattern.compile("(" + DAY + ")T(\\d{2})");

  private static final DateTimeFormatter HOURS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH");

  public TimeWindow {
    if (!from.isBefore(to)) {
      throw new UserException("the window from " + from + " to " + to + " is empty");
    }
  }

  /**
   * Parses a window as users write it.
   *
   * @param text {@code 2026-11-29}, {@code 2026-11-29T13} or {@code 2026-W48}, an ISO week
   * @throws UserException if it is none of these, or there is no such day, hour or week
   */
  public static TimeWindow parse(String text) {
    Matcher hour = HOUR.matcher(text);
    Matcher week = WEEK.matcher(text);
    try {
      if (hour.matches()) {
        LocalDateTime begin =
            LocalDate.parse(hour.group(1)).atTime(Integer.parseInt(hour.group(2)), 0);
        return of(begin, begin.plusHours(1));
      }
      if (week.matches()) {
        return ofWeek(Integer.parseInt(week.group(1)), Integer.parseInt(week.group(2)));
      }
      if (DAY.matcher(text).matches()) {
        LocalDate day = LocalDate.parse(text);
        return of(day.atStartOfDay(), day.plusDays(1).atStartOfDay());
      }
    } catch (DateTimeException e) {
      throw new UserException("there is no window '" + text + "'", e);
    }
    throw new UserException(
        "'"
            + text
            + "' is not a window: write a day (2026-11-29), an hour (2026-11-29T13) or an ISO week"
            + " (2026-W48), in UTC and without an offset");
  }

  private static TimeWindow ofWeek(int year, int week) {
    // January 4 is always in week 1.
    LocalDate first = LocalDate.of(year, 1, 4).with(DayOfWeek.MONDAY);
    LocalDate monday = first.plusWeeks(week - 1L);
    if (week < 1 || monday.plusDays(3).get(IsoFields.WEEK_BASED_YEAR) != year) {
      throw new DateTimeException("no week " + week + " in " + year);
    }
    return of(monday.atStartOfDay(), monday.plusWeeks(1).atStartOfDay());
  }

  /** The window of this length in which an instant is. */
  public static TimeWindow containing(Instant instant, MonitorRule.Window length) {
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
    return switch (length) {
      case HOUR -> {
        LocalDateTime hour = time.truncatedTo(ChronoUnit.HOURS);
        yield of(hour, hour.plusHours(1));
      }
      case DAY -> of(day, day.plusDays(1));
      case WEEK -> {
        LocalDateTime monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        yield of(monday, monday.plusWeeks(1));
      }
    };
  }

  private static TimeWindow of(LocalDateTime from, LocalDateTime to) {
    return new TimeWindow(from.toInstant(ZoneOffset.UTC), to.toInstant(ZoneOffset.UTC));
  }

  @JsonCreator
  static TimeWindow of(@JsonProperty("from") String from, @JsonProperty("to") String to) {
    try {
      return new TimeWindow(Instant.parse(from), Instant.parse(to));
    } catch (DateTimeException e) {
      throw new UserException("a window from " + from + " to " + to, e);
    }
  }

  @JsonValue
  Map<String, String> json() {
    return Map.of("from", from.toString(), "to", to.toString());
  }

  /** What of this window is before an instant, which is in it. */
  public TimeWindow until(Instant end) {
    return new TimeWindow(from, end.isBefore(to) ? end : to);
  }

  /** Whether it is a whole window of this length. */
  public boolean isOf(MonitorRule.Window length) {
    return equals(containing(from, length));
  }

  /** Its length; empty if it is no whole hour, day or week: it has not ended. */
  public Optional<MonitorRule.Window> length() {
    return Arrays.stream(MonitorRule.Window.values()).filter(this::isOf).findFirst();
  }

  /** Whether an instant is in it. */
  public boolean contains(Instant instant) {
    return !instant.isBefore(from) && instant.isBefore(to);
  }

  /** The shortest window with both. */
  TimeWindow span(TimeWindow other) {
    return new TimeWindow(
        from.isBefore(other.from) ? from : other.from, to.isAfter(other.to) ? to : other.to);
  }

  /** As users write it where it is a whole hour, day or week; else its two instants. */
  @Override
  public String toString() {
    LocalDateTime begin = LocalDateTime.ofInstant(from, ZoneOffset.UTC);
    for (MonitorRule.Window length : MonitorRule.Window.values()) {
      if (isOf(length)) {
        return switch (length) {
          case HOUR -> HOURS.format(begin);
          case DAY -> begin.toLocalDate().toString();
          case WEEK ->
              String.format(
                  Locale.ROOT,
                  "%04d-W%02d",
                  begin.get(IsoFields.WEEK_BASED_YEAR),
                  begin.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        };
      }
    }
    return from + " to " + to;
  }
}
