package dev.propensity.dataset.split;

import java.util.Arrays;

/** Hashes as they come, which are sorted as unsigned numbers. */
final class HashList {
  private long[] hashes = new long[1024];
  private int size;

  void add(long hash) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    hashes[size++] = hash ^ Long.MIN_VALUE; // sorts as the unsigned number does
  }

  int size() {
    return size;
  }

  long[] sorted() {
    long[] sorted = Arrays.copyOf(hashes, size);
    Arrays.sort(sorted);
    for (int i = 0; i < size; i++) {
      sorted[i] ^= Long.MIN_VALUE;
    }
    return sorted;
  }

  /** How many hashes are smaller than this one, as unsigned numbers. */
  static int rank(long[] sorted, long hash) {
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
