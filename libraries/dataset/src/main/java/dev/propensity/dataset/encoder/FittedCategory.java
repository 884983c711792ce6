package dev.propensity.dataset.encoder;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a category with fitted codes, from 0; a word unseen in training gets the code after them,
 * unless the column has a closed list of words without it: then the cell is invalid.
 */
public final class FittedCategory extends CellReader {
  public final int unseen;
  private final WordCodes categories;
  private final @Nullable WordCodes allowed;
  private final List<String> words;
  private final LookAlikes lookAlikes;

  FittedCategory(Encoder.Feature feature) {
    super(feature.column());
    this.unseen = feature.categories().size();
    this.categories = new WordCodes(feature.categories(), feature.numeric());
    this.allowed = column.values().isEmpty() ? null : WordCodes.of(column.values());
    this.words = feature.categories();
    this.lookAlikes = new LookAlikes(words);
  }

  @Override
  public boolean comparesNumbers() {
    return categories.isNumeric();
  }

  /** The known category that this unseen one looks like; null where there is none. */
  public @Nullable String lookAlike(String word) {
    String known = lookAlikes.of(word);
    if (known != null) {
      return known;
    }
    char[] folded = LookAlikes.folded(word).toCharArray(); // 28 in wide digits, where 28.0 is known
    int code = categories.find(folded, 0, folded.length);
    return code < 0 ? null : words.get(code);
  }

  @Override
  float value(char[] text, int offset, int length) {
    int code = categories.find(text, offset, length);
    if (code >= 0) {
      return code;
    }
    if (allowed != null && allowed.find(text, offset, length) < 0) {
      throw notListed(text, offset, length);
    }
    return unseen;
  }
}
