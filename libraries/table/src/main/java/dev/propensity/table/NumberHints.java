package dev.propensity.table;

import java.util.Locale;
import java.util.regex.Pattern;

/** Hints on how to fix a value that is not a number. */
public final class NumberHints {
  /** Matching takes time that is quadratic in the length, and no number is longer. */
  private static final int MAX_LENGTH = 64;

  private static final Pattern GROUPED =
      Pattern.compile("[+-]?\\d{1,3}([,.'_ \u00A0\u202F\u2019]\\d{3})+([.,]\\d+)?");
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d+,\\d+");
  private static final Pattern PERCENT = Pattern.compile(".*\\d\\s*%");
  private static final Pattern CURRENCY =
      Pattern.compile(
          "\\(?\\s*[+-]?\\s*(\\p{Sc}|[A-Z]{3})\\s*[\\d.,]+.*|.*\\d\\s*(\\p{Sc}|[A-Z]{3})");
  private static final Pattern PARENTHESES = Pattern.compile("\\([\\d.,]+\\)");
  private static final Pattern DATE =
      Pattern.compile("\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}.*|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}.*");

  private NumberHints() {}

  /** A hint that begins with a semicolon; empty where nothing is known. */
  public static String of(String text) {
    if (text.length() > MAX_LENGTH) {
      return "";
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "na", "n/a", "#n/a", "nan", "null", "none", "nil", "\\n", "-", "?", ".", "missing" ->
          "; if it means a missing value, list it in missing_values";
      default -> ofPattern(text);
    };
  }

  private static String ofPattern(String text) {
    if (DATE.matcher(text).matches()) {
      return "; if it is a date, set kind: date";
    }
    if (DECIMAL_COMMA.matcher(text).matches() && !GROUPED.matcher(text).matches()) {
      return "; for decimal commas separate the cells by ';', or set decimal: \",\"";
    }
    if (GROUPED.matcher(text).matches()) {
      return "; write numbers without thousands separators";
    }
    if (PERCENT.matcher(text).matches()) {
      return "; write it without the percent sign";
    }
    if (CURRENCY.matcher(text).matches()) {
      return "; write it without the currency";
    }
    if (PARENTHESES.matcher(text).matches()) {
      return "; write a negative number with a minus";
    }
    if (text.codePoints().anyMatch(c -> c >= 0x80 && (Character.isDigit(c) || c == 0x2212))) {
      return "; write it with the digits 0 to 9 and an ASCII minus";
    }
    return "";
  }
}
