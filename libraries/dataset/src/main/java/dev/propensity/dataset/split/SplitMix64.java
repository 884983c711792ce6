package dev.propensity.dataset.split;

/** SplitMix64: random numbers that are the same on every machine and Java version. */
public final class SplitMix64 {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  public SplitMix64(long seed) {
    this.state = Splitter.mix(seed);
  }

  public long next() {
    state += GOLDEN;
    return Splitter.mix(state);
  }

  /** A number in [0, 1). */
  public double fraction() {
    return Splitter.fraction(next());
  }
}
