package dev.propensity.dataset;

/** SplitMix64: random numbers that are the same on every machine and Java version. */
final class Dice {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  Dice(long seed) {
    this.state = Splitter.finalised(seed);
  }

  long next() {
    state += GOLDEN;
    return Splitter.finalised(state);
  }

  /** A number in [0, 1). */
  double fraction() {
    return (next() >>> 11) * 0x1p-53;
  }
}
