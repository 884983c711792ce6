package dev.propensity.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Words numbered in the order in which they were added, found without making a string. */
final class WordIndex {
  private static final int ABSENT = -1;

  private final List<char[]> words = new ArrayList<>();
  private int[] slots = new int[64]; // number of the word, or ABSENT

  WordIndex() {
    Arrays.fill(slots, ABSENT);
  }

  WordIndex(List<String> words) {
    this();
    for (String word : words) {
      add(word.toCharArray(), 0, word.length());
    }
  }

  int size() {
    return words.size();
  }

  String word(int number) {
    return new String(words.get(number));
  }

  /** The word's number, or -1. */
  int find(char[] text, int offset, int length) {
    return slots[slot(text, offset, length)];
  }

  /** The word's number; it gets the next where it is new. */
  int add(char[] text, int offset, int length) {
    int slot = slot(text, offset, length);
    if (slots[slot] != ABSENT) {
      return slots[slot];
    }
    int number = words.size();
    words.add(Arrays.copyOfRange(text, offset, offset + length));
    slots[slot] = number;
    if (words.size() * 2 > slots.length) {
      grow();
    }
    return number;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    Arrays.fill(slots, ABSENT);
    for (int i = 0; i < words.size(); i++) {
      char[] word = words.get(i);
      slots[slot(word, 0, word.length)] = i;
    }
  }

  private int slot(char[] text, int offset, int length) {
    int hash = 0;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + text[i];
    }
    int mask = slots.length - 1;
    int slot = (hash ^ (hash >>> 15)) & mask;
    while (slots[slot] != ABSENT
        && !Arrays.equals(
            words.get(slots[slot]),
            0,
            words.get(slots[slot]).length,
            text,
            offset,
            offset + length)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
