package dev.propensity.dataset.encoder;

import dev.propensity.dataset.specification.Column;

/**
 * Reads one of a closed list of words; the feature is its place in the list, from 0. The cell is
 * invalid where its word is not listed.
 */
final class ListedReader extends CellReader {
  private final WordCodes words;

  ListedReader(Column column) {
    super(column);
    this.words = WordCodes.of(column.values());
  }

  @Override
  public boolean comparesNumbers() {
    return words.isNumeric();
  }

  @Override
  float value(char[] text, int offset, int length) {
    int code = words.find(text, offset, length);
    if (code >= 0) {
      return code;
    }
    throw notListed(text, offset, length);
  }
}
