package dev.propensity.table;

import java.util.Locale;

/**
 * Reads decimal numbers: digits with an optional sign, point and exponent. The result is the double
 * nearest to the text, as {@link Double#parseDouble} gives it, but no {@code NaN}, {@code
 * Infinity}, {@code 0x1p3}, {@code 1f} or white space counts as a number.
 */
public final class Numbers {
  private static final long EXACT = 1L << 53;

  private Numbers() {}

  /** The number, or NaN where the text is none or is beyond a double. */
  public static double parseOrNaN(String text) {
    return parseOrNaN(text.toCharArray(), 0, text.length());
  }

  /**
   * The number, or NaN where the text is none or is beyond a double. Up to 15 or so digits with a
   * small exponent are computed exactly by {@link Decimals}; the rest goes to the library.
   */
  public static double parseOrNaN(char[] text, int offset, int length) {
    int i = offset;
    int end = offset + length;
    boolean negative = false;
    if (i < end && (text[i] == '-' || text[i] == '+')) {
      negative = text[i++] == '-';
    }
    long digits = 0;
    int count = 0;
    int exponent = 0;
    boolean exact = true;
    boolean afterPoint = false;
    for (; i < end; i++) {
      char c = text[i];
      if (c >= '0' && c <= '9') {
        count++;
        if (digits < EXACT / 10) {
          digits = digits * 10 + (c - '0');
        } else {
          exact = false;
        }
        if (afterPoint) {
          exponent--;
        }
      } else if (c == '.' && !afterPoint) {
        afterPoint = true;
      } else {
        break;
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    if (i < end) {
      return exponentFollows(text, i, end) ? parsed(text, offset, length) : Double.NaN;
    }
    if (!exact || -exponent > Decimals.MAX_FRACTION_DIGITS) {
      return parsed(text, offset, length);
    }
    double value = Decimals.of(digits, -exponent);
    return negative ? -value : value;
  }

  /**
   * The number in these bytes if it is a plain one: an optional minus, and up to 15 digits with or
   * without a point. It is the same as {@link #parseOrNaN} gives.
   *
   * @param to where it ends
   * @return NaN where the bytes are another number, or none
   */
  public static double plainOrNaN(byte[] text, int from, int to) {
    boolean negative = from < to && text[from] == '-';
    int first = negative ? from + 1 : from;
    int point = -1;
    long digits = 0;
    for (int i = first; i < to; i++) {
      int digit = text[i] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
      } else if (digit == '.' - '0' && point < 0) {
        point = i;
      } else {
        return Double.NaN;
      }
    }
    int count = point < 0 ? to - first : to - first - 1;
    if (count < 1 || count > Decimals.EXACT_DIGITS) {
      return Double.NaN;
    }
    double value = Decimals.of(digits, point < 0 ? 0 : to - point - 1);
    return negative ? -value : value;
  }

  /** Whether this text, which is no finite number, means NaN or an infinity. */
  public static boolean isNotFinite(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    boolean signed = word.startsWith("-") || word.startsWith("+");
    return switch (signed ? word.substring(1) : word) {
      case "nan", "inf", "infinity" -> true;
      default -> false;
    };
  }

  private static boolean exponentFollows(char[] text, int from, int end) {
    int i = from;
    if (text[i] != 'e' && text[i] != 'E') {
      return false;
    }
    i++;
    if (i < end && (text[i] == '-' || text[i] == '+')) {
      i++;
    }
    if (i == end) {
      return false;
    }
    for (; i < end; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return false;
      }
    }
    return true;
  }

  private static double parsed(char[] text, int offset, int length) {
    double value = Double.parseDouble(new String(text, offset, length));
    return Double.isInfinite(value) ? Double.NaN : value;
  }
}
