package dev.propensity.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV is written, as far as spreadsheets differ.
 *
 * @param separator between cells: a comma, semicolon, tab or pipe
 * @param decimal the decimal sign of numbers, a point or comma; {@link #UNKNOWN} until it is
 *     detected
 * @param byteOrderMark whether the file begins with UTF-8's byte order mark
 */
public record Dialect(char separator, char decimal, boolean byteOrderMark) {
  /** The decimal sign where it is not known. */
  public static final char UNKNOWN = 0;

  /** The separators that are detected, the likeliest first. */
  public static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

  // Later versions may append to it.
  private static final Pattern TEXT =
      Pattern.compile("separator=(\\w+)(?:, decimal=(comma|point))?(, byte-order-mark)?");

  /**
   * The dialect that has this {@link #text}.
   *
   * @param text may be null, where nothing was reported
   * @return empty where it is no such text
   */
  public static Optional<Dialect> parse(@Nullable String text) {
    Matcher parts = TEXT.matcher(text == null ? "" : text);
    if (!parts.lookingAt()) {
      return Optional.empty();
    }
    char decimal = parts.group(2) == null ? UNKNOWN : parts.group(2).equals("comma") ? ',' : '.';
    return SEPARATORS.stream()
        .filter(separator -> word(separator).equals(parts.group(1)))
        .findFirst()
        .map(separator -> new Dialect(separator, decimal, parts.group(3) != null));
  }

  /** The same dialect with another decimal sign. */
  public Dialect withDecimal(char sign) {
    return new Dialect(separator, sign, byteOrderMark);
  }

  /** Whether numbers have a decimal comma. */
  public boolean decimalComma() {
    return decimal == ',';
  }

  /** As text: {@code separator=semicolon, decimal=comma}; without an unknown decimal sign. */
  public String text() {
    List<String> parts = new ArrayList<>();
    parts.add("separator=" + word(separator));
    if (decimal != UNKNOWN) {
      parts.add("decimal=" + decimalText());
    }
    if (byteOrderMark) {
      parts.add("byte-order-mark");
    }
    return String.join(", ", parts);
  }

  /** The decimal sign in a word, {@code comma} or {@code point}; null where it is not known. */
  public @Nullable String decimalText() {
    return decimal == UNKNOWN ? null : decimalComma() ? "comma" : "point";
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
