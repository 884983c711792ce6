package dev.propensity.monitoring.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The features of a column's cells by their bytes, which most cells share with earlier ones. Keeps
 * the first {@value #MAX_WORDS} different cells. Most are short: their first 16 bytes are compared
 * as two numbers.
 */
final class CellCache {
  private static final int MAX_WORDS = 1 << 12;
  private static final int SLOT_BITS = 13;
  private static final int SLOTS = 1 << SLOT_BITS; // twice as many
  private static final int SHORT = 2 * Long.BYTES;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int[] lengths = new int[SLOTS]; // 0 is free
  private final long[] heads = new long[SLOTS];
  private final long[] tails = new long[SLOTS];
  private final byte[] @Nullable [] words = new byte[SLOTS][]; // null of short ones
  private final float[] values = new float[SLOTS];
  private int size;

  /** The slot of a cell, which is not empty, or the free one in which it can be put. */
  int slot(byte[] bytes, int from, int to) {
    int length = to - from;
    long head = number(bytes, from, to);
    long tail = length > Long.BYTES ? number(bytes, from + Long.BYTES, to) : 0;
    long hash = (head ^ tail * 0x9e3779b97f4a7c15L ^ length) * 0xff51afd7ed558ccdL;
    if (length > SHORT) {
      hash ^= ByteHash.of(bytes, from + SHORT, to);
    }
    int slot = (int) ((hash ^ hash << 32) >>> Long.SIZE - SLOT_BITS);
    while (lengths[slot] != 0
        && (heads[slot] != head
            || tails[slot] != tail
            || lengths[slot] != length
            || length > SHORT && !isSame(words[slot], bytes, from, to))) {
      slot = slot + 1 & SLOTS - 1;
    }
    return slot;
  }

  /** The first eight bytes, or fewer. */
  private static long number(byte[] bytes, int from, int to) {
    int length = Math.min(Long.BYTES, to - from);
    if (from + Long.BYTES <= bytes.length) {
      long all = (long) LONGS.get(bytes, from);
      return all & -1L >>> Long.SIZE - Byte.SIZE * length;
    }
    long number = 0;
    for (int i = 0; i < length; i++) {
      number |= (bytes[from + i] & 0xFFL) << Byte.SIZE * i;
    }
    return number;
  }

  private static boolean isSame(byte @Nullable [] word, byte[] bytes, int from, int to) {
    return Arrays.equals(word, 0, word == null ? 0 : word.length, bytes, from, to);
  }

  /** Whether a slot has a cell. */
  boolean has(int slot) {
    return lengths[slot] != 0;
  }

  /** The feature of the cell in a slot. */
  float value(int slot) {
    return values[slot];
  }

  /** Keeps a cell, unless there are too many. */
  void put(int slot, byte[] bytes, int from, int to, float value) {
    if (size < MAX_WORDS) {
      int length = to - from;
      lengths[slot] = length;
      heads[slot] = number(bytes, from, to);
      tails[slot] = length > Long.BYTES ? number(bytes, from + Long.BYTES, to) : 0;
      words[slot] = length > SHORT ? Arrays.copyOfRange(bytes, from, to) : null;
      values[slot] = value;
      size++;
    }
  }
}
