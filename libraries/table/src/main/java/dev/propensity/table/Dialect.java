package dev.propensity.table;

import java.util.ArrayList;
import java.util.List;

/**
 * How a CSV is written, as far as spreadsheets differ.
 *
 * @param separator between cells: a comma, semicolon, tab or pipe
 * @param decimal the decimal sign of numbers, a point or comma; {@link #UNKNOWN} while no number
 *     has shown it
 * @param byteOrderMark whether the file begins with UTF-8's byte order mark
 */
public record Dialect(char separator, char decimal, boolean byteOrderMark) {
  /** The decimal sign where it is not known. */
  public static final char UNKNOWN = 0;

  /** The separators that are detected, the likeliest first. */
  static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

  /** The same dialect with another decimal sign. */
  public Dialect withDecimal(char sign) {
    return new Dialect(separator, sign, byteOrderMark);
  }

  /** Whether numbers have a decimal comma. */
  public boolean decimalComma() {
    return decimal == ',';
  }

  /** In words: {@code separator=semicolon, decimal=comma}; without a sign that is not known. */
  public String text() {
    List<String> parts = new ArrayList<>();
    parts.add("separator=" + word(separator));
    if (decimal != UNKNOWN) {
      parts.add("decimal=" + (decimalComma() ? "comma" : "point"));
    }
    if (byteOrderMark) {
      parts.add("byte-order-mark");
    }
    return String.join(", ", parts);
  }

  private static String word(char separator) {
    return switch (separator) {
      case ';' -> "semicolon";
      case '\t' -> "tab";
      case '|' -> "pipe";
      default -> "comma";
    };
  }
}
