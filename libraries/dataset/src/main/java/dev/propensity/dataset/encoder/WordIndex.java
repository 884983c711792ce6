package dev.propensity.dataset.encoder;

import java.util.Arrays;
import java.util.List;

/** Words numbered in the order in which they were added, found without making a string. */
public final class WordIndex {
  private static final int ABSENT = -1;

  private char[][] words = new char[16][];
  private int size;
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

  public int size() {
    return size;
  }

  public String word(int number) {
    return new String(words[number]);
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
    if (size == words.length) {
      words = Arrays.copyOf(words, size * 2);
    }
    int number = size++;
    words[number] = Arrays.copyOfRange(text, offset, offset + length);
    slots[slot] = number;
    if (size * 2 > slots.length) {
      grow();
    }
    return number;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    Arrays.fill(slots, ABSENT);
    for (int i = 0; i < size; i++) {
      char[] word = words[i];
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
    while (slots[slot] != ABSENT && !isWord(slots[slot], text, offset, length)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  // a loop, since words are short and Arrays.equals of ranges is slow before full compilation
  private boolean isWord(int number, char[] text, int offset, int length) {
    char[] word = words[number];
    if (word.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (word[i] != text[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
