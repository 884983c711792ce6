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

  /** A number with mean 0 and standard deviation 1, nearly normal: the sum of twelve fractions. */
  double normal() {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += fraction();
    }
    return sum;
  }
}
