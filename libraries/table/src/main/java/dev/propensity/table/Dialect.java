package dev.propensity.table;

import java.util.ArrayList;
import java.util.List;

/**
 * How a CSV is written, as far as spreadsheets differ.
 *
 * @param separator between cells: a comma, semicolon, tab or pipe
 * @param decimalComma whether numbers have a decimal comma
 * @param byteOrderMark whether the file begins with UTF-8's byte order mark
 */
public record Dialect(char separator, boolean decimalComma, boolean byteOrderMark) {
  /** The separators that are detected, the likeliest first. */
  static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

  /** The same dialect with another decimal sign. */
  public Dialect withDecimalComma(boolean comma) {
    return new Dialect(separator, comma, byteOrderMark);
  }

  /** In words: {@code separator=semicolon, decimal=comma}. */
  public String text() {
    List<String> parts = new ArrayList<>();
    parts.add("separator=" + word(separator));
    parts.add("decimal=" + (decimalComma ? "comma" : "point"));
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
