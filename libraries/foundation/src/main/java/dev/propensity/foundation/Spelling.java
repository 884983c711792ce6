package dev.propensity.foundation;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests corrections for a misspelled word. */
public final class Spelling {
  private static final int FARTHEST = 2;

  private Spelling() {}

  /** A hint for an unknown word: "did you mean 'x'?", or the list of valid words. */
  public static String help(String wrong, Collection<String> words) {
    return closest(wrong, words)
        .map(word -> "did you mean '" + word + "'?")
        .orElse("there are " + String.join(", ", words));
  }

  /** The same, with all the words in either case: "did you mean 'x'? There are x, y". */
  public static String helpAndAll(String wrong, Collection<String> words) {
    String all = "here are " + String.join(", ", words);
    return closest(wrong, words)
        .map(word -> "did you mean '" + word + "'? T" + all)
        .orElse("t" + all);
  }

  /** The most similar word, if it is similar enough. */
  public static Optional<String> closest(String wrong, Collection<String> words) {
    String lower = wrong.toLowerCase(Locale.ROOT);
    return words.stream()
        .filter(word -> distance(lower, word) <= Math.min(FARTHEST, word.length() / 2))
        .min(Comparator.comparingInt(word -> distance(lower, word)));
  }

  /**
   * Levenshtein's distance, where swapped neighbors count one (Damerau, <a
   * href="https://doi.org/10.1145/363958.363994">1964</a>), without regard to case.
   */
  private static int distance(String a, String b) {
    String lower = b.toLowerCase(Locale.ROOT);
    int[][] rows = new int[a.length() + 1][lower.length() + 1];
    for (int j = 0; j <= lower.length(); j++) {
      rows[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      rows[i][0] = i;
      for (int j = 1; j <= lower.length(); j++) {
        int replaced = rows[i - 1][j - 1] + (a.charAt(i - 1) == lower.charAt(j - 1) ? 0 : 1);
        rows[i][j] = Math.min(replaced, 1 + Math.min(rows[i][j - 1], rows[i - 1][j]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == lower.charAt(j - 2)
            && a.charAt(i - 2) == lower.charAt(j - 1)) {
          rows[i][j] = Math.min(rows[i][j], 1 + rows[i - 2][j - 2]);
        }
      }
    }
    return rows[a.length()][lower.length()];
  }
}
