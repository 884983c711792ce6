package dev.propensity.dataset.draft;

import dev.propensity.table.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the values of a column say about it. */
final class CellWords {
  private static final Set<String> YES =
      Set.of("yes", "y", "true", "t", "1", "positive", "pos", "ja", "j", "oui", "si", "sí", "on");
  private static final Set<String> NO =
      Set.of("no", "n", "false", "f", "0", "-1", "negative", "neg", "nein", "non", "off");
  private static final Pattern NEGATION =
      Pattern.compile("(not?|non|un|nicht|kein)[ _-]?(.+)", Pattern.CASE_INSENSITIVE);

  /** Words that mean a missing value in every column. */
  private static final Set<String> MISSING =
      Set.of("na", "n/a", "#n/a", "nan", "null", "\\n", "?", ".", "<na>");

  /** Words that mean a missing value among numbers; elsewhere they may be a category. */
  private static final Set<String> MISSING_NUMBERS =
      Set.of("none", "nil", "-", "--", "missing", "unknown", "n.a.", "inf", "-inf", "infinity");

  /** Scales that are written in words, ascending. */
  private static final List<List<String>> SCALES =
      List.of(
          List.of("very low", "low", "medium", "high", "very high"),
          List.of("low", "moderate", "high"),
          List.of("low", "mid", "high"),
          List.of("very poor", "poor", "fair", "good", "very good", "excellent"),
          List.of("bad", "average", "good"),
          List.of("xs", "s", "m", "l", "xl", "xxl"),
          List.of("small", "medium", "large"),
          List.of("never", "rarely", "sometimes", "often", "always"),
          List.of("daily", "weekly", "monthly", "quarterly", "yearly"),
          List.of("bronze", "silver", "gold", "platinum"));

  private static final Pattern RANGE =
      Pattern.compile(
          "(<=?|>=?|under |over )? ?(\\d+(?:\\.\\d+)?)( ?(?:-|to) ?\\d+(?:\\.\\d+)?|\\+)?( .*)?");

  private CellWords() {}

  /**
   * Whether the word means a missing value.
   *
   * @param amongNumbers whether the other values are numbers
   */
  static boolean isMissing(String word, boolean amongNumbers) {
    String lower = word.toLowerCase(Locale.ROOT);
    return MISSING.contains(lower) || amongNumbers && MISSING_NUMBERS.contains(lower);
  }

  /** Of two values the one that obviously means yes; null where neither does, or both. */
  static @Nullable String yes(String a, String b) {
    boolean aIsYes = isYes(a, b);
    return aIsYes == isYes(b, a) ? null : aIsYes ? a : b;
  }

  private static boolean isYes(String word, String other) {
    String lower = word.toLowerCase(Locale.ROOT);
    Matcher negation = NEGATION.matcher(other);
    return isOf(YES, lower)
        || isOf(NO, other.toLowerCase(Locale.ROOT)) && !isOf(NO, lower)
        || negation.matches() && negation.group(2).equalsIgnoreCase(word);
  }

  private static boolean isOf(Set<String> words, String word) {
    return words.contains(word.endsWith(".0") ? word.substring(0, word.length() - 2) : word);
  }

  /** The two values in the order no, yes; else in that of numbers or of the alphabet. */
  static List<String> noThenYes(String a, String b) {
    String yes = yes(a, b);
    if (yes == null) {
      return Stream.of(a, b)
          .sorted(Comparator.comparing(CellWords::number).thenComparing(word -> word))
          .toList();
    }
    return yes.equals(a) ? List.of(b, a) : List.of(a, b);
  }

  private static double number(String word) {
    double number = Numbers.parseOrNaN(word);
    return number == number ? number : Double.MAX_VALUE;
  }

  /** The values in ascending order where they are obviously ordered; else none. */
  static List<String> scale(List<String> words) {
    if (words.size() < 3 || words.size() > 20) {
      return List.of();
    }
    for (List<String> scale : SCALES) {
      if (words.stream().allMatch(word -> scale.contains(word.toLowerCase(Locale.ROOT)))) {
        List<String> sorted = new ArrayList<>(words);
        sorted.sort(Comparator.comparingInt(word -> scale.indexOf(word.toLowerCase(Locale.ROOT))));
        return sorted;
      }
    }
    return ranges(words);
  }

  /** Ranges of numbers of one unit: {@code < 1 Year, 1-2 Year, > 2 Years}. */
  private static List<String> ranges(List<String> words) {
    List<Matcher> ranges = new ArrayList<>();
    for (String word : words) {
      Matcher range = RANGE.matcher(word.toLowerCase(Locale.ROOT));
      boolean bounded = range.matches() && (range.group(1) != null || range.group(3) != null);
      if (!bounded) {
        return List.of();
      }
      ranges.add(range);
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      order.add(i);
    }
    order.sort(
        Comparator.comparingDouble((Integer i) -> Double.parseDouble(ranges.get(i).group(2)))
            .thenComparingInt(i -> side(ranges.get(i).group(1))));
    return order.stream().map(words::get).toList();
  }

  /** Below the number, beginning with it, or above it. */
  private static int side(@Nullable String sign) {
    if (sign == null) {
      return 0;
    }
    return sign.startsWith("<") || sign.startsWith("under") ? -1 : 1;
  }
}
