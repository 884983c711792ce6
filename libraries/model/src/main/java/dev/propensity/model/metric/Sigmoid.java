package dev.propensity.model.metric;

/** The logistic function 1 / (1 + exp(−m)), the same on every machine. */
public final class Sigmoid {
  private Sigmoid() {}

  /** The probability of these log-odds. */
  public static double of(double margin) {
    return 1 / (1 + StrictMath.exp(-margin));
  }
}
