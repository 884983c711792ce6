package dev.propensity.dataset;

import java.util.ArrayList;
import java.util.List;

/**
 * How a CSV is written, as far as spreadsheets differ.
 *
 * @param separator between cells: a comma, semicolon, tab
 * @param decimalComma whether numbers have a decimal comma; only where the semicolon separates
 * @param byteOrderMark whether the file begins with UTF-8's byte order mark
 */
public record Dialect(char separator, boolean decimalComma, boolean byteOrderMark) {
  /** Those that are understood, the likeliest first. */
  static final List<Character> SEPARATORS = List.of(',', ';', '\t');

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
      default -> "comma";
    };
  }
}
