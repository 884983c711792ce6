package dev.propensity.dataset.rows.result;

import java.util.Map;
import java.util.SortedMap;

/**
 * A column's cells whose category is not in the training data.
 *
 * @param rows how many there are
 * @param lookAlikes at most ten words that look like a known one, by the word
 */
public record UnseenColumn(long rows, SortedMap<String, String> lookAlikes) {
  /**
   * The column in one line, with its look-alikes.
   *
   * @param count how many rows have such a cell, in words
   */
  String line(String name, String count) {
    StringBuilder line = new StringBuilder(name + ": " + count + " an unseen category");
    String separator = " (";
    for (Map.Entry<String, String> pair : lookAlikes.entrySet()) {
      line.append(separator);
      line.append('\'').append(visible(pair.getKey()));
      line.append("' looks like '").append(visible(pair.getValue())).append('\'');
      separator = ", ";
    }
    return line.append(lookAlikes.isEmpty() ? "" : ")").toString();
  }

  /** The word with the codes of invisible characters and of spaces other than the plain one. */
  private static String visible(String word) {
    StringBuilder text = new StringBuilder(word.length());
    word.codePoints()
        .forEach(
            c -> {
              boolean plain =
                  c == ' '
                      || !Character.isSpaceChar(c)
                          && !Character.isISOControl(c)
                          && Character.getType(c) != Character.FORMAT
                          && Character.getType(c) != Character.SURROGATE;
              text.append(plain ? Character.toString(c) : String.format("\\u%04X", c));
            });
    return text.toString();
  }
}
