package dev.propensity.dataset.rows;

import dev.propensity.dataset.split.Splitter;
import java.security.SecureRandom;

/**
 * The identifiers seen so far, each as a 128-bit hash and its line: 20 bytes a slot. That two of a
 * hundred million identifiers share a hash has a chance of about 10<sup>-23</sup>. One to two
 * thirds of the slots are taken: 30 to 60 bytes an identifier, and 90 while the table grows.
 *
 * <p>Where a hash is put depends on a random key per process, so that identifiers cannot be crafted
 * to collide. Results do not depend on it.
 */
public final class IdentifierSet {
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;
  private static final long ODD = 0x9E3779B97F4A7C15L;
  private static final long KEY = new SecureRandom().nextLong();

  private long[] hashes = new long[2 << 10]; // two a slot
  private int[] lines = new int[1 << 10]; // 0 where the slot is free
  private int size;

  /**
   * Adds an identifier.
   *
   * @param utf8 holds it, from {@code from}
   * @param line of the file on which it is, from 1
   * @return 0, or the line on which it was before
   */
  public long add(byte[] utf8, int from, int length, long line) {
    long a = FNV_OFFSET;
    long b = length;
    for (int i = from; i < from + length; i++) {
      a = (a ^ (utf8[i] & 0xFF)) * FNV_PRIME;
      b = Long.rotateLeft(b ^ (utf8[i] & 0xFF), 29) * ODD;
    }
    long high = Splitter.mix(a);
    long low = Splitter.mix(b);
    int slot = slot(high, low);
    if (lines[slot] != 0) {
      return Integer.toUnsignedLong(lines[slot]);
    }
    put(slot, high, low, (int) line);
    if (++size > lines.length / 3 * 2) {
      grow();
    }
    return 0;
  }

  private int slot(long high, long low) {
    int mask = lines.length - 1;
    int slot = place(high, low, KEY) & mask;
    while (lines[slot] != 0 && (hashes[2 * slot] != high || hashes[2 * slot + 1] != low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /**
   * Where a hash would be put; both halves count, since identifiers may be crafted to share one.
   */
  static int place(long high, long low, long key) {
    return (int) Splitter.mix(Splitter.mix(high ^ key) ^ low);
  }

  private void put(int slot, long high, long low, int line) {
    hashes[2 * slot] = high;
    hashes[2 * slot + 1] = low;
    lines[slot] = line;
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldLines = lines;
    hashes = new long[oldHashes.length * 2];
    lines = new int[oldLines.length * 2];
    for (int i = 0; i < oldLines.length; i++) {
      if (oldLines[i] != 0) {
        long high = oldHashes[2 * i];
        long low = oldHashes[2 * i + 1];
        put(slot(high, low), high, low, oldLines[i]);
      }
    }
  }
}
