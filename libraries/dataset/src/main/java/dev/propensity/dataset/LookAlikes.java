package dev.propensity.dataset;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Words that differ from a known one only in case, width, or by characters that are not seen. */
final class LookAlikes {
  private static final int LONGEST = 1024;

  private final Map<String, String> known = new HashMap<>();

  LookAlikes(Collection<String> words) {
    words.stream()
        .filter(word -> word.length() <= LONGEST)
        .forEach(word -> known.putIfAbsent(folded(word), word));
  }

  /**
   * The known word that this unknown one looks like; null where there is none, or it is too long.
   */
  String of(String word) {
    return word.length() > LONGEST ? null : known.get(folded(word));
  }

  /** The word as a reader sees it: NFKC, lower case, without white space and format characters. */
  static String folded(String word) {
    String text = Normalizer.normalize(word, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    StringBuilder seen = new StringBuilder(text.length());
    text.codePoints()
        .filter(
            c ->
                !Character.isWhitespace(c)
                    && !Character.isSpaceChar(c)
                    && Character.getType(c) != Character.FORMAT
                    && !Character.isISOControl(c))
        .forEach(seen::appendCodePoint);
    return seen.toString();
  }
}
