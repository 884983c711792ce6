package dev.propensity.dataset.draft;

/** A range of 64-bit hashes that is halved where too many fall in it, from all of them on. */
final class HashRange {
  private int halvings;

  boolean contains(long hash) {
    return halvings == 0 || hash >>> (Long.SIZE - halvings) == 0;
  }

  void halve() {
    halvings++;
  }

  /** Whether it was never halved. */
  boolean isWhole() {
    return halvings == 0;
  }
}
