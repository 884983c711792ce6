package dev.propensity.dataset.encoder;

/**
 * A cell's text in a form in which different spellings are the same: trimmed, in Unicode's form
 * NFC, a plain number in its shortest form, so that 28, 28.0 and 2.8e1 are one. Codes such as 007
 * are not numbers. In contrast to a category's words, it depends on no other cell.
 */
public final class CanonicalWord {
  private static final double LARGEST_INTEGER = 1e15;

  private CanonicalWord() {}

  /** The form of this cell. */
  public static String of(String cell) {
    String word = CellReader.trimmed(cell);
    if (WordCodes.isNumber(word)) {
      return number(WordCodes.number(word));
    }
    char[] chars = word.toCharArray();
    String normal = WordCodes.normalized(chars, 0, chars.length);
    return normal == null ? word : normal;
  }

  private static String number(double number) {
    boolean isInteger = number == Math.rint(number) && Math.abs(number) < LARGEST_INTEGER;
    return isInteger ? Long.toString((long) number) : Double.toString(number);
  }
}
