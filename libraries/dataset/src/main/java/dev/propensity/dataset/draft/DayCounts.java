package dev.propensity.dataset.draft;

import dev.propensity.table.DatePattern;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the days of dates that are written in one way. */
final class DayCounts {
  private static final int MOST = 100_000; // different days: more than 270 years

  private final DatePattern pattern;
  private final Map<Long, Long> days = new HashMap<>();

  DayCounts(DatePattern pattern) {
    this.pattern = pattern;
  }

  DatePattern pattern() {
    return pattern;
  }

  /** Counts the text's day; false where it is not a date of this pattern. */
  boolean add(char[] text, int length) {
    long day = pattern.epochDay(text, 0, length);
    if (!DatePattern.isDay(day)) {
      return false;
    }
    if (days.size() < MOST) {
      days.merge(day, 1L, Long::sum);
    }
    return true;
  }

  /** The days, since 1970-01-01, with their rows; none if there are too many to count them. */
  SortedMap<Long, Long> days() {
    return days.size() < MOST ? new TreeMap<>(days) : new TreeMap<>();
  }
}
