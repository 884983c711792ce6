package dev.propensity.dataset.encoder;

import dev.propensity.dataset.specification.Column;
import dev.propensity.foundation.UserException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a category before its encoder is fitted and collects the words; the feature is a
 * provisional code, in the order of first occurrence. Not safe for several threads.
 */
public final class VocabularyBuilder extends CellReader {
  private static final int MAX_WORDS = 50_000;

  public final WordIndex words;
  private final @Nullable WordCodes allowed; // null where any word is

  VocabularyBuilder(Column column) {
    super(column);
    this.words = new WordIndex(column.values());
    this.allowed = column.values().isEmpty() ? null : WordCodes.of(column.values());
  }

  /** Whether the words of an open category are numbers is known at the end only. */
  @Override
  public boolean comparesNumbers() {
    return allowed != null && allowed.isNumeric();
  }

  @Override
  float value(char[] text, int offset, int length) {
    if (allowed != null) {
      int code = allowed.find(text, offset, length);
      if (code < 0) {
        throw notListed(text, offset, length);
      }
      return code;
    }
    int code = words.find(text, offset, length);
    return code >= 0 ? code : added(text, offset, length);
  }

  private int added(char[] text, int offset, int length) {
    if (words.size() > MAX_WORDS) {
      throw new UserException(
          "the column "
              + column.name()
              + " has more than "
              + MAX_WORDS
              + " distinct values, too many for a category; leave it out, or make it a number");
    }
    String normal = WordCodes.normalized(text, offset, length);
    return normal == null
        ? words.add(text, offset, length)
        : words.add(normal.toCharArray(), 0, normal.length());
  }
}
