package dev.propensity.dataset.specification;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Column names that differ by a number alone, written as one: {@code var_{0..199}} is {@code var_0}
 * to {@code var_199}, {@code day_{01..31}} for {@code day_01} to {@code day_31}.
 */
final class NameRange {
  /** Names at most: a larger range is likely a mistake. */
  static final int MAX_NAMES = 10_000;

  private static final Pattern BEGUN = Pattern.compile("\\{[^{}]*\\.\\.");
  private static final Pattern RANGE =
      Pattern.compile("([^{}]*)\\{(\\d{1,9})\\.\\.(\\d{1,9})}([^{}]*)");

  private NameRange() {}

  /** The names in this range; the name itself if it is not a range. Errors are recorded. */
  static List<String> names(String name, YamlMapping feature) {
    if (!BEGUN.matcher(name).find()) {
      return List.of(name);
    }
    Matcher range = RANGE.matcher(name);
    if (!range.matches()) {
      return error(feature, name, "a range is two whole numbers in braces, once: var_{0..199}");
    }
    String first = range.group(2);
    String last = range.group(3);
    int from = Integer.parseInt(first);
    int to = Integer.parseInt(last);
    boolean padded = isPadded(first) || isPadded(last);
    if (from > to) {
      return error(feature, name, "the range counts down; write the lower number first");
    }
    if (to - from >= MAX_NAMES) {
      String most = String.format(Locale.ROOT, "%,d", MAX_NAMES);
      return error(feature, name, "a range has at most " + most + " names");
    }
    if (padded && first.length() != last.length()) {
      return error(feature, name, "with leading zeros both numbers need as many digits: {01..12}");
    }
    String digits = padded ? "%0" + first.length() + "d" : "%d";
    return IntStream.rangeClosed(from, to)
        .mapToObj(number -> String.format(Locale.ROOT, digits, number))
        .map(number -> range.group(1) + number + range.group(4))
        .toList();
  }

  private static boolean isPadded(String number) {
    return number.length() > 1 && number.startsWith("0");
  }

  private static List<String> error(YamlMapping feature, String name, String text) {
    feature.addError("name", "is '" + name + "'; " + text);
    return List.of(name);
  }
}
