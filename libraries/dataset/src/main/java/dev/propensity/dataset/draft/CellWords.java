package dev.propensity.dataset.draft;

import dev.propensity.table.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the values of a column say about it. */
final class CellWords {
  private static final Set<String> YES =
      Set.of("yes", "true", "positive", "pos", "ja", "oui", "si", "sí", "on");
  private static final Set<String> NO =
      Set.of("no", "false", "negative", "neg", "nein", "non", "off");

  /** Short words that mean yes only beside one that means no. */
  private static final Map<String, Set<String>> PAIRS =
      Map.of("1", Set.of("0", "-1"), "t", Set.of("f"), "y", Set.of("n"), "j", Set.of("n"));

  private static final List<List<String>> SEXES =
      List.of(
          List.of("male", "female"),
          List.of("m", "f"),
          List.of("man", "woman"),
          List.of("men", "women"),
          List.of("männlich", "weiblich"),
          List.of("m", "w"),
          List.of("mann", "frau"),
          List.of("homme", "femme"),
          List.of("hombre", "mujer"),
          List.of("masculino", "femenino"),
          List.of("maschio", "femmina"));

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
          "(<=?|>=?|under |over )? ?(\\d+(?:\\.\\d+)?)(?: ?(?:-|to) ?(\\d+(?:\\.\\d+)?)|(\\+))?( .*)?");

  /** A range in its place among the others. */
  private record Range(String word, double from, double to) {
    static @Nullable Range of(String word) {
      Matcher range = RANGE.matcher(word.toLowerCase(Locale.ROOT));
      if (!range.matches()) {
        return null;
      }
      String sign = range.group(1);
      double number = Double.parseDouble(range.group(2));
      if (range.group(3) != null) {
        double to = Double.parseDouble(range.group(3));
        return sign == null && number <= to ? new Range(word, number, to) : null;
      }
      if (sign != null && (sign.startsWith("<") || sign.startsWith("under"))) {
        return new Range(word, Double.NEGATIVE_INFINITY, number);
      }
      return sign == null && range.group(4) == null
          ? null
          : new Range(word, number, Double.POSITIVE_INFINITY);
    }
  }

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

  /** Whether {@code NA} is beside other abbreviations, so that it may be one: North America. */
  static boolean mayBeValue(List<String> missingWords, List<String> values) {
    return missingWords.contains("NA")
        && values.stream().allMatch(value -> value.matches("[A-Z]{2,5}"));
  }

  /** Whether they are the sexes, with at most three others, such as {@code diverse}. */
  static boolean areSexes(List<String> values) {
    List<String> words =
        values.stream().limit(6).map(value -> value.toLowerCase(Locale.ROOT)).toList();
    return words.size() <= 5 && SEXES.stream().anyMatch(words::containsAll);
  }

  /** Of two values the one that obviously means yes; null where neither does, or both. */
  static @Nullable String yes(String a, String b) {
    boolean aIsYes = isYes(a, b);
    return aIsYes == isYes(b, a) ? null : aIsYes ? a : b;
  }

  private static boolean isYes(String word, String other) {
    String lower = normal(word);
    String against = normal(other);
    Matcher negation = NEGATION.matcher(other);
    return YES.contains(lower)
        || NO.contains(against) && !NO.contains(lower)
        || PAIRS.getOrDefault(lower, Set.of()).contains(against)
        || against.equals("0") && number(lower) > 0 && number(lower) < Double.MAX_VALUE
        || negation.matches() && negation.group(2).equalsIgnoreCase(word);
  }

  private static String normal(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.endsWith(".0") ? lower.substring(0, lower.length() - 2) : lower;
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

  /** Ranges of numbers that do not overlap: {@code < 1 Year, 1-2 Year, > 2 Years}. */
  private static List<String> ranges(List<String> words) {
    List<Range> ranges = new ArrayList<>();
    for (String word : words) {
      Range range = Range.of(word);
      if (range == null) {
        return List.of();
      }
      ranges.add(range);
    }
    ranges.sort(Comparator.comparingDouble(Range::from).thenComparingDouble(Range::to));
    for (int i = 1; i < ranges.size(); i++) {
      if (ranges.get(i).from() < ranges.get(i - 1).to()) {
        return List.of();
      }
    }
    return ranges.stream().map(Range::word).toList();
  }
}
