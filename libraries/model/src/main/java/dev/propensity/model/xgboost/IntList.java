package dev.propensity.model.xgboost;

import java.util.Arrays;

/** Ints that grow: bit sets one after another. */
final class IntList {
  private int[] items = new int[64];
  private int size;

  int size() {
    return size;
  }

  /**
   * Appends a bit set of these members, none below 0.
   *
   * @return its length in words
   */
  int addBits(int[] members) {
    int words = 0;
    for (int member : members) {
      words = Math.max(words, (member >>> 5) + 1);
    }
    if (size + words > items.length) {
      items = Arrays.copyOf(items, 2 * (size + words));
    }
    for (int member : members) {
      items[size + (member >>> 5)] |= 1 << (member & 31);
    }
    size += words;
    return words;
  }

  int[] toArray() {
    return Arrays.copyOf(items, size);
  }
}
