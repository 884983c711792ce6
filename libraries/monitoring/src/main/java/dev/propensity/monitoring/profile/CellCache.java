package dev.propensity.monitoring.profile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The features of a column's cells by their bytes, which most cells share with earlier ones. Keeps
 * the first {@value #MAX_WORDS} different cells.
 */
final class CellCache {
  private static final int MAX_WORDS = 1 << 12;
  private static final int SLOTS = 2 * MAX_WORDS;

  private final byte[] @Nullable [] words = new byte[SLOTS][];
  private final float[] values = new float[SLOTS];
  private int size;

  /** The slot of a cell, or the free one in which it can be put. */
  int slot(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 15) & SLOTS - 1;
    byte[] word = words[slot];
    while (word != null && !isSame(word, bytes, from, to)) {
      slot = slot + 1 & SLOTS - 1;
      word = words[slot];
    }
    return slot;
  }

  // A loop, since cells are short.
  private static boolean isSame(byte[] word, byte[] bytes, int from, int to) {
    if (word.length != to - from) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (word[i] != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether a slot has a cell. */
  boolean has(int slot) {
    return words[slot] != null;
  }

  /** The feature of the cell in a slot. */
  float value(int slot) {
    return values[slot];
  }

  /** Keeps a cell, unless there are too many. */
  void put(int slot, byte[] bytes, int from, int to, float value) {
    if (size < MAX_WORDS) {
      words[slot] = Arrays.copyOfRange(bytes, from, to);
      values[slot] = value;
      size++;
    }
  }
}
