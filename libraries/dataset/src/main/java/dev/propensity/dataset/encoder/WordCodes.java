package dev.propensity.dataset.encoder;

import dev.propensity.table.ColumnName;
import dev.propensity.table.Decimals;
import dev.propensity.table.Numbers;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Words by their place in a list. Words are compared trimmed and in Unicode's form NFC; where all
 * are plain numbers they are compared as numbers, so that 28, 28.0 and 2.8e1 are one.
 */
public final class WordCodes {
  private final WordIndex words;
  private final Map<Double, Integer> numbers;
  private final Map<String, Integer> spellings = new HashMap<>(); // of words that are not in NFC

  /**
   * @param numeric whether they are compared as numbers
   */
  public WordCodes(List<String> words, boolean numeric) {
    this.words = new WordIndex(words);
    for (int code = 0; code < words.size(); code++) {
      String normal = normalized(CellReader.trimmed(words.get(code)));
      if (!normal.equals(words.get(code))) {
        spellings.putIfAbsent(normal, code);
      }
    }
    this.numbers = numeric ? new HashMap<>() : Map.of();
    for (int code = 0; numeric && code < words.size(); code++) {
      numbers.putIfAbsent(number(words.get(code)), code);
    }
  }

  /** Words that are compared as numbers if all of them are. */
  static WordCodes of(List<String> words) {
    return new WordCodes(words, areNumbers(words));
  }

  /**
   * Whether each word is a plain number, none with a leading zero or more than 15 digits: codes
   * such as 007 are not numbers.
   */
  public static boolean areNumbers(List<String> words) {
    return !words.isEmpty() && words.stream().allMatch(WordCodes::isNumber);
  }

  static boolean isNumber(String word) {
    String digits = word.startsWith("-") ? word.substring(1) : word;
    boolean leadingZero =
        digits.length() > 1 && digits.charAt(0) == '0' && Character.isDigit(digits.charAt(1));
    return !leadingZero
        && digits.chars().takeWhile(c -> c != 'e' && c != 'E').filter(Character::isDigit).count()
            <= Decimals.EXACT_DIGITS
        && !Double.isNaN(Numbers.parseOrNaN(word));
  }

  /** Whether words are compared as numbers. */
  boolean isNumeric() {
    return !numbers.isEmpty();
  }

  /** The word's place, or -1. */
  public int find(char[] text, int offset, int length) {
    int code = words.find(text, offset, length);
    return code >= 0 ? code : otherSpelling(text, offset, length);
  }

  private int otherSpelling(char[] text, int offset, int length) {
    if (!numbers.isEmpty()) {
      double number = Numbers.parseOrNaN(text, offset, length);
      return Double.isNaN(number) ? -1 : numbers.getOrDefault(number + 0.0, -1);
    }
    String normal = normalized(text, offset, length);
    int code = normal == null ? -1 : words.find(normal.toCharArray(), 0, normal.length());
    if (code >= 0 || spellings.isEmpty()) {
      return code;
    }
    String word = normal == null ? new String(text, offset, length) : normal;
    return spellings.getOrDefault(word, -1);
  }

  /** The number that a word is; -0 is 0. */
  public static double number(String word) {
    return Numbers.parseOrNaN(word) + 0.0;
  }

  /** The text in NFC; null where it is so already. */
  static @Nullable String normalized(char[] text, int offset, int length) {
    if (length > ColumnName.MAX_NORMALIZED_LENGTH) {
      return null;
    }
    for (int i = offset; i < offset + length; i++) {
      if (text[i] >= 0x80) {
        String word = new String(text, offset, length);
        String normal = normalized(word);
        return normal.equals(word) ? null : normal;
      }
    }
    return null;
  }

  private static String normalized(String word) {
    return Normalizer.normalize(word, Normalizer.Form.NFC);
  }
}
