package dev.propensity.monitoring.profile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The features of a column's last cells by their bytes: most columns repeat few words. Turns itself
 * off where they do not.
 */
final class CellCache {
  private static final int SIZE = 1 << 12;

  private final byte[] @Nullable [] words = new byte[SIZE][];
  private final float[] values = new float[SIZE];
  private int hits;
  private int misses;

  /** Whether cells repeat often enough for it to be of use. */
  boolean isUseful() {
    return misses < 2 * SIZE || hits > misses;
  }

  /** Where a cell is kept. */
  int slot(byte[] bytes, int from, int to) {
    return (int) ByteHash.of(bytes, from, to) & SIZE - 1;
  }

  /** Whether the cell is in its slot. */
  boolean has(int slot, byte[] bytes, int from, int to) {
    byte[] word = words[slot];
    boolean there = word != null && Arrays.equals(word, 0, word.length, bytes, from, to);
    if (there) {
      hits++;
    } else {
      misses++;
    }
    if (hits + misses == Integer.MAX_VALUE) {
      hits /= 2;
      misses /= 2;
    }
    return there;
  }

  /** The feature of the cell in a slot. */
  float value(int slot) {
    return values[slot];
  }

  /** Keeps a cell. */
  void put(int slot, byte[] bytes, int from, int to, float value) {
    words[slot] = Arrays.copyOfRange(bytes, from, to);
    values[slot] = value;
  }
}
