package dev.propensity.dataset;

/** Counts distinct numbers up to a limit, as float32. */
final class NumberSet {
  private final int limit;
  private final int[] slots;
  private final double[] numbers; // the first of each slot
  private int size;
  private long merged;

  NumberSet(int limit) {
    this.limit = limit;
    this.slots = new int[Integer.highestOneBit(limit) * 4];
    this.numbers = new double[slots.length];
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

  /**
   * Adds a number.
   *
   * @param number as it is in the table
   */
  void add(float value, double number) {
    int bits = ~Float.floatToIntBits(value + 0f); // -0 is 0; never 0, which marks a free slot
    int mask = slots.length - 1;
    int slot = (bits * 0x9E3779B9 >>> 8) & mask;
    while (slots[slot] != 0 && slots[slot] != bits) {
      slot = (slot + 1) & mask;
    }
    if (slots[slot] == 0) {
      if (size > limit) {
        return;
      }
      slots[slot] = bits;
      numbers[slot] = number;
      size++;
    } else if (numbers[slot] != number) {
      merged++;
    }
  }
}
