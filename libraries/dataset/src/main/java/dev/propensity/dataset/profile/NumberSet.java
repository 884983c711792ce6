package dev.propensity.dataset.profile;

import java.util.Arrays;

/** Counts distinct numbers up to a limit, as float32. */
final class NumberSet {
  private final int limit;
  private final double[] slots; // NaN where free; the first number of each float32
  private int size;
  private long merged;
  private long repeats;

  NumberSet(int limit) {
    this.limit = limit;
    this.slots = new double[Integer.highestOneBit(limit) * 2];
    Arrays.fill(slots, Double.NaN);
  }

  /** How many there are; one above the limit where there are more. */
  int size() {
    return size;
  }

  /**
   * How many numbers are the same in float32 as another one before that differs from them; at least
   * so many where there are more than the limit: the rest is compared with the first ones only.
   */
  long merged() {
    return merged;
  }

  /** How often a number was added that was there before, among those that are kept. */
  long repeats() {
    return repeats;
  }

  /**
   * Adds a number.
   *
   * @param value the float32 nearest to it
   * @param number as it is in the table; not NaN
   */
  void add(float value, double number) {
    int bits = Float.floatToIntBits(value + 0f); // -0 is 0
    int mask = slots.length - 1;
    int slot = (~bits * 0x9E3779B9 >>> 8) & mask;
    double there = slots[slot];
    while (there == there && (float) there != value) {
      slot = (slot + 1) & mask;
      there = slots[slot];
    }
    if (there == number) {
      repeats++;
      return;
    }
    if (there == there) {
      merged++;
    } else if (size <= limit) {
      slots[slot] = number;
      size++;
    }
  }
}
