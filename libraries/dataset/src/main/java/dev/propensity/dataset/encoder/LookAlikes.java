package dev.propensity.dataset.encoder;

import dev.propensity.table.ColumnName;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Words that differ from a known one only in case, width, or by characters that are not seen. */
public final class LookAlikes {
  private final Map<String, String> known = new HashMap<>();

  public LookAlikes(Collection<String> words) {
    words.forEach(word -> known.putIfAbsent(folded(word), word));
  }

  /** The known word that this unknown one looks like; null where there is none. */
  public @Nullable String of(String word) {
    return known.get(folded(word));
  }

  /** Those of these words that look like another one of them, in groups, sorted. */
  public static List<List<String>> groups(Collection<String> words) {
    Map<String, List<String>> groups = new TreeMap<>();
    for (String word : words) {
      groups.computeIfAbsent(folded(word), key -> new ArrayList<>()).add(word);
    }
    return groups.values().stream()
        .filter(group -> group.size() > 1)
        .map(group -> group.stream().sorted().toList())
        .toList();
  }

  /**
   * The word's visible form: NFKC, lower case, without white space and format characters. A word
   * that is too long to be normalized is itself.
   */
  public static String folded(String word) {
    if (word.length() > ColumnName.MAX_NORMALIZED_LENGTH) {
      return word;
    }
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
