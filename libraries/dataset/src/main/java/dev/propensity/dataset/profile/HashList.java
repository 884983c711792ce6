package dev.propensity.dataset.profile;

import java.util.Arrays;

/** Hashes in the order in which they were added: 8 bytes each. */
final class HashList {
  private long[] hashes = new long[1024];
  private int size;

  void add(long hash) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    hashes[size++] = hash;
  }

  int size() {
    return size;
  }

  long get(int place) {
    return hashes[place];
  }

  /** A sorted copy. */
  long[] sorted() {
    long[] sorted = Arrays.copyOf(hashes, size);
    Arrays.sort(sorted);
    return sorted;
  }
}
