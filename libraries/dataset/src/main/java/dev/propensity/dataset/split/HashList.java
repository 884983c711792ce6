package dev.propensity.dataset.split;

import java.util.Arrays;

/** Hashes in the order in which they were added, 8 bytes each; they sort as unsigned numbers. */
public final class HashList {
  private long[] hashes = new long[1024];
  private int size;

  /** Adds a hash at the end. */
  public void add(long hash) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    hashes[size++] = hash ^ Long.MIN_VALUE; // sorts as the unsigned number does
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** The hash that was added at this place, from 0. */
  public long get(int place) {
    return hashes[place] ^ Long.MIN_VALUE;
  }

  /** A copy in ascending order. */
  public long[] sorted() {
    long[] sorted = Arrays.copyOf(hashes, size);
    Arrays.sort(sorted);
    for (int i = 0; i < size; i++) {
      sorted[i] ^= Long.MIN_VALUE;
    }
    return sorted;
  }

  /** Sorts them in place, ascending. */
  public void sort() {
    Arrays.sort(hashes, 0, size);
  }

  /**
   * How many are smaller than this one, once they are sorted: the place of the first that is not.
   */
  public int rank(long hash) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(get(middle), hash) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many hashes are smaller than this one: the place of the first that is not. */
  public static int rank(long[] sorted, long hash) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(sorted[middle], hash) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
