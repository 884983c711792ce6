package dev.propensity.dataset.encoder;

import dev.propensity.dataset.specification.Column;

/** Checks a category with an open list of words: accepts any; the feature is always 0. */
final class AnyWordReader extends CellReader {
  AnyWordReader(Column column) {
    super(column);
  }

  @Override
  float value(char[] text, int offset, int length) {
    return 0;
  }
}
