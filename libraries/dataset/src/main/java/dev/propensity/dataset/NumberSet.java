package dev.propensity.dataset;

/** Counts distinct numbers up to a limit. */
final class NumberSet {
  private final int limit;
  private final int[] slots;
  private int size;

  NumberSet(int limit) {
    this.limit = limit;
    this.slots = new int[Integer.highestOneBit(limit) * 4];
  }

  /** How many there are; one above the limit where there are more. */
  int size() {
    return size;
  }

  void add(float value) {
    if (size > limit) {
      return;
    }
    int bits = ~Float.floatToIntBits(value + 0f); // -0 is 0; never 0, which marks a free slot
    int mask = slots.length - 1;
    int slot = (bits * 0x9E3779B9 >>> 8) & mask;
    while (slots[slot] != 0 && slots[slot] != bits) {
      slot = (slot + 1) & mask;
    }
    if (slots[slot] == 0) {
      slots[slot] = bits;
      size++;
    }
  }
}
