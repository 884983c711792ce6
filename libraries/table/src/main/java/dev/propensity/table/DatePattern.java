package dev.propensity.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How dates are written: digits in the place of {@code yyyy}, {@code MM}, {@code dd}, {@code HH},
 * {@code mm} and {@code ss}, and of {@code M}, {@code d} and {@code H}, which may have one digit;
 * every other character is itself. A time must be valid, but does not count. {@value #ISO} is
 * {@code yyyy-MM-dd}, after which a time may follow: {@code 2024-02-03T10:15:00Z}. Dates are those
 * of the Gregorian calendar, of the years 0001 to 9999. Safe for many threads.
 */
public final class DatePattern {
  /** The pattern of ISO 8601 dates, with or without a time. */
  public static final String ISO = "iso";

  /** The result for a text that is not written as the pattern. */
  public static final long NOT_A_DATE = Long.MIN_VALUE;

  /** The result for a text that is written as the pattern, but whose day or time does not exist. */
  public static final long NO_SUCH_DATE = Long.MIN_VALUE + 1;

  /** Whether a result of {@link #epochDay} is a day, and not one of the two constants. */
  public static boolean isDay(long epochDay) {
    return epochDay > NO_SUCH_DATE;
  }

  private static final String ISO_DATE = "yyyy-MM-dd";
  private static final Pattern ISO_TIME =
      Pattern.compile(
          "[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,9})?)?"
              + "(Z|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)?");
  private static final Pattern PART = Pattern.compile("([a-zA-Z])\\1*|[^a-zA-Z]");
  private static final List<String> TOKENS =
      List.of("yyyy", "MM", "M", "dd", "d", "HH", "H", "mm", "ss");
  private static final List<String> SHORT = List.of("M", "d", "H");
  private static final String FIELDS = "yMdHms";

  private final String text;
  private final boolean iso;
  private final List<String> parts = new ArrayList<>(); // tokens and single characters

  private DatePattern(String text) {
    this.text = text;
    this.iso = text.equals(ISO);
    Matcher part = PART.matcher(iso ? ISO_DATE : text);
    while (part.find()) {
      parts.add(part.group());
    }
  }

  /**
   * The pattern of this text.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  public static DatePattern of(String text) {
    DatePattern pattern = new DatePattern(text);
    pattern.check();
    return pattern;
  }

  private void check() {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      char first = part.charAt(0);
      if (TOKENS.contains(part)) {
        fields.append(first);
        if (SHORT.contains(part) && (isToken(i - 1) || isToken(i + 1))) {
          throw new IllegalArgumentException(
              "has '" + part + "', which may have one digit, next to other digits");
        }
      } else if (!isLiteral(part)) {
        throw new IllegalArgumentException(
            "has '" + part + "'; write " + String.join(", ", TOKENS) + ", or " + ISO);
      }
    }
    for (char field : "yMd".toCharArray()) {
      if (fields.indexOf(String.valueOf(field)) < 0) {
        String name = field == 'y' ? "yyyy" : field == 'M' ? "MM (mm are minutes)" : "dd";
        throw new IllegalArgumentException("lacks " + name);
      }
    }
    if (fields.chars().distinct().count() < fields.length()) {
      throw new IllegalArgumentException("has one of its parts twice");
    }
    if (!text.equals(text.strip())) {
      throw new IllegalArgumentException("begins or ends with a space");
    }
  }

  private static boolean isLiteral(String part) {
    return part.length() == 1 && part.matches("[TZ[^a-zA-Z0-9]]");
  }

  /** Whether dates are written in digits alone, so that they may also be given as a number. */
  public boolean isNumber() {
    return parts.stream().allMatch(TOKENS::contains);
  }

  private boolean isToken(int part) {
    return part >= 0 && part < parts.size() && TOKENS.contains(parts.get(part));
  }

  /**
   * The day that a text names.
   *
   * @return days since 1970-01-01; {@link #NOT_A_DATE} or {@link #NO_SUCH_DATE}
   */
  public long epochDay(char[] chars, int offset, int length) {
    int end = offset + length;
    int at = offset;
    int year = 0;
    int month = 0;
    int day = 0;
    boolean isTime = true;
    for (String part : parts) {
      char field = part.charAt(0);
      if (FIELDS.indexOf(field) < 0) {
        if (at == end || chars[at++] != field) {
          return NOT_A_DATE;
        }
        continue;
      }
      int value = 0;
      int digits = 0;
      int most = Math.max(2, part.length());
      for (; digits < most && at < end && chars[at] >= '0' && chars[at] <= '9'; digits++) {
        value = value * 10 + chars[at++] - '0';
      }
      if (digits < part.length()) {
        return NOT_A_DATE;
      }
      switch (field) {
        case 'y' -> year = value;
        case 'M' -> month = value;
        case 'd' -> day = value;
        case 'H' -> isTime &= value < 24;
        default -> isTime &= value < 60;
      }
    }
    if (at < end && !(iso && ISO_TIME.matcher(new String(chars, at, end - at)).matches())) {
      return NOT_A_DATE;
    }
    return isTime ? epochDay(year, month, day) : NO_SUCH_DATE;
  }

  private static long epochDay(int year, int month, int day) {
    try {
      return year < 1 ? NO_SUCH_DATE : LocalDate.of(year, month, day).toEpochDay();
    } catch (DateTimeException e) {
      return NO_SUCH_DATE;
    }
  }

  /** The same of a text. */
  public long epochDay(String date) {
    return epochDay(date.toCharArray(), 0, date.length());
  }

  /** The date as the pattern writes it, at midnight. */
  public String format(LocalDate date) {
    StringBuilder written = new StringBuilder();
    for (String part : parts) {
      char field = part.charAt(0);
      int value =
          switch (field) {
            case 'y' -> date.getYear();
            case 'M' -> date.getMonthValue();
            case 'd' -> date.getDayOfMonth();
            default -> 0;
          };
      String digits = String.valueOf(value);
      written.append(
          FIELDS.indexOf(field) < 0
              ? part
              : "0".repeat(Math.max(0, part.length() - digits.length())) + digits);
    }
    return written.toString();
  }

  /** A regular expression, of Java as of JavaScript, that all texts of the pattern match. */
  public String regex() {
    StringBuilder regex = new StringBuilder();
    for (String part : parts) {
      if (!TOKENS.contains(part)) {
        regex.append(part.replaceAll("[.*+?^${}()|\\[\\]\\\\]", "\\\\$0"));
      } else {
        regex.append("[0-9]{").append(part.length());
        regex.append(SHORT.contains(part) ? ",2}" : "}");
      }
    }
    return regex + (iso ? "(" + ISO_TIME + ")?" : "");
  }

  /** Whether there is a text that this pattern and another one read as different dates. */
  public boolean contradicts(DatePattern other) {
    for (String one : spellings()) {
      for (String two : other.spellings()) {
        String left = other.iso && one.length() > two.length() ? one.substring(0, 10) : one;
        String right = iso && two.length() > one.length() ? two.substring(0, 10) : two;
        if (left.replaceAll("[yMdHms]", "0").equals(right.replaceAll("[yMdHms]", "0"))
            && !left.replaceAll("[Hms]", "0").equals(right.replaceAll("[Hms]", "0"))) {
          return true; // each pair of digits may be 01 to 12, in any field
        }
      }
    }
    return false;
  }

  /** The pattern with each number of digits that it may have, by one letter a digit. */
  private List<String> spellings() {
    List<String> spellings = List.of("");
    for (String part : parts) {
      List<String> longer = new ArrayList<>();
      for (String before : spellings) {
        longer.add(before + part);
        if (SHORT.contains(part)) {
          longer.add(before + part + part);
        }
      }
      spellings = longer;
    }
    return spellings;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DatePattern pattern && pattern.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The pattern's text. */
  @Override
  public String toString() {
    return text;
  }
}
