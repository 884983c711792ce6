package dev.propensity.dataset;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what was meant by a misspelt word. */
final class Spelling {
  private static final int FARTHEST = 2;

  private Spelling() {}

  /** Words that lead on from a wrong word: "did you mean 'x'?", or the words there are. */
  static String help(String wrong, Collection<String> words) {
    return closest(wrong, words)
        .map(word -> "did you mean '" + word + "'?")
        .orElse("there are " + String.join(", ", words));
  }

  /** The word that differs least, if by little. */
  static Optional<String> closest(String wrong, Collection<String> words) {
    String lower = wrong.toLowerCase(Locale.ROOT);
    return words.stream()
        .filter(word -> distance(lower, word) <= Math.min(FARTHEST, word.length() / 2))
        .min(Comparator.comparingInt(word -> distance(lower, word)));
  }

  /** Levenshtein's distance, without regard to case. */
  private static int distance(String a, String b) {
    String lower = b.toLowerCase(Locale.ROOT);
    int[] row = new int[lower.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == lower.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[row.length - 1];
  }
}
