package dev.propensity.dataset.draft;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.split.Splitter;
import dev.propensity.table.ColumnName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts a column's different texts up to limits, by a 64-bit hash of each. */
final class WordCounts {
  private static final int FIRST_SLOTS = 32;
  private static final int LONGEST = 200; // bytes of a text that is kept

  private final int limit;
  private final int byteLimit;
  private long[] hashes = {}; // by slot
  private int[] numbers = {}; // by slot, the word's number from 1; 0 where the slot is free
  private byte[][] words = {};
  private long[] counts = {};
  private int size;
  private int bytes;
  private long others;

  /**
   * @param limit texts beyond so many different ones are only counted together, as are those of
   *     more than {@value #LONGEST} bytes
   * @param byteLimit of all texts that are kept
   */
  WordCounts(int limit, int byteLimit) {
    this.limit = limit;
    this.byteLimit = byteLimit;
  }

  /**
   * Counts a text.
   *
   * @param utf8 holds it between the two positions
   * @param hash of these bytes
   */
  void add(byte[] utf8, int from, int to, long hash) {
    if (size * 2 >= numbers.length) {
      grow();
    }
    int mask = numbers.length - 1;
    int slot = (int) hash & mask;
    while (numbers[slot] != 0 && hashes[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    int number = numbers[slot];
    if (number != 0) {
      counts[number - 1]++;
    } else if (size == limit || to - from > LONGEST || bytes + to - from > byteLimit) {
      others++;
    } else {
      hashes[slot] = hash;
      numbers[slot] = size + 1;
      words[size] = Arrays.copyOfRange(utf8, from, to);
      bytes += to - from;
      counts[size++] = 1;
    }
  }

  /** A hash of a text. */
  static long hash(byte[] utf8, int from, int to) {
    long hash = to - from;
    for (int i = from; i < to; i++) {
      hash = (hash ^ utf8[i]) * 0x100000001B3L;
    }
    return Splitter.mix(hash);
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldNumbers = numbers;
    int slots = Math.max(FIRST_SLOTS, 2 * numbers.length);
    hashes = new long[slots];
    numbers = new int[slots];
    words = Arrays.copyOf(words, slots / 2 + 1);
    counts = Arrays.copyOf(counts, slots / 2 + 1);
    for (int i = 0; i < oldNumbers.length; i++) {
      if (oldNumbers[i] != 0) {
        int slot = (int) oldHashes[i] & (slots - 1);
        while (numbers[slot] != 0) {
          slot = (slot + 1) & (slots - 1);
        }
        hashes[slot] = oldHashes[i];
        numbers[slot] = oldNumbers[i];
      }
    }
  }

  /** Whether some texts are not kept. */
  boolean isOverLimit() {
    return others > 0;
  }

  /** How many times a text was not kept. */
  long others() {
    return others;
  }

  /** How many different texts were counted, at most the limit. */
  int size() {
    return size;
  }

  /** Adds the texts by their hashes. */
  void addWordsTo(Map<Long, String> byHash) {
    for (int slot = 0; slot < numbers.length; slot++) {
      if (numbers[slot] != 0) {
        byHash.put(hashes[slot], word(numbers[slot] - 1));
      }
    }
  }

  private String word(int number) {
    return ColumnName.of(CellReader.trimmed(new String(words[number], StandardCharsets.UTF_8)));
  }

  /** The texts as words are compared, trimmed and in NFC, with their counts, by first sight. */
  Map<String, Long> words() {
    Map<String, Long> result = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      result.merge(word(i), counts[i], Long::sum);
    }
    return result;
  }
}
