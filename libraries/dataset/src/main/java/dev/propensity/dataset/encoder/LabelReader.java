package dev.propensity.dataset.encoder;

import dev.propensity.dataset.specification.DatasetSpec;
import java.util.List;
import java.util.Locale;

/**
 * The label's two words and their values. Words are compared in Unicode's form NFC; 1.0 is the same
 * label as 1, and True the same as true. Other spellings are rejected with the likely one.
 */
public final class LabelReader {
  private final DatasetSpec.Label label;
  private final char[] positive;
  private final char[] negative;
  private final WordCodes codes; // 0 for the negative word, 1 for the positive one
  private final boolean truths;

  public LabelReader(DatasetSpec.Label label) {
    this.label = label;
    this.positive = label.positive().toCharArray();
    this.negative = label.negative().toCharArray();
    List<String> words = List.of(label.negative(), label.positive());
    boolean numeric =
        WordCodes.areNumbers(words)
            && WordCodes.number(label.negative()) != WordCodes.number(label.positive());
    this.codes = new WordCodes(words, numeric);
    this.truths =
        !label.positive().equalsIgnoreCase(label.negative())
            && isTruth(label.positive())
            && isTruth(label.negative());
  }

  private static boolean isTruth(String word) {
    return word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false");
  }

  /** Whether the words are numbers, which may be written in other ways. */
  public boolean comparesNumbers() {
    return codes.isNumeric();
  }

  /**
   * 1 for a positive label, 0 for a negative one.
   *
   * @param text holds the cell, from 0
   * @throws InvalidCell for any other
   */
  public byte read(char[] text, int length) {
    int from = 0;
    int to = length;
    while (from < to && CellReader.isBlank(text[from])) {
      from++;
    }
    while (to > from && CellReader.isBlank(text[to - 1])) {
      to--;
    }
    if (is(positive, text, from, to)) {
      return 1;
    }
    if (is(negative, text, from, to)) {
      return 0;
    }
    return otherSpelling(new String(text, from, to - from));
  }

  private byte otherSpelling(String word) {
    int code = codes.find(word.toCharArray(), 0, word.length());
    if (code >= 0) {
      return (byte) code;
    }
    boolean likePositive = word.equalsIgnoreCase(label.positive());
    boolean likeNegative = word.equalsIgnoreCase(label.negative());
    if (truths && (likePositive || likeNegative)) {
      return (byte) (likePositive ? 1 : 0);
    }
    InvalidCell.Rule rule = word.isEmpty() ? InvalidCell.Rule.MISSING : InvalidCell.Rule.LABEL;
    String text = "the label must be '" + label.positive() + "' or '" + label.negative() + "'";
    throw new InvalidCell(
        label.column(), word, rule, text + likely(word, likePositive, likeNegative));
  }

  private String likely(String word, boolean likePositive, boolean likeNegative) {
    if (likePositive != likeNegative) {
      String meant = likePositive ? label.positive() : label.negative();
      return "; did you mean '" + meant + "'? Write it as in the specification";
    }
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "y", "1", "false", "no", "n", "0" ->
          "; if '" + word + "' is the table's value, change the specification's label to it";
      default -> "";
    };
  }

  private static boolean is(char[] word, char[] text, int from, int to) {
    if (to - from != word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (word[i] != text[from + i]) {
        return false;
      }
    }
    return true;
  }
}
