package dev.propensity.model.logistic;

/** The logistic function 1 / (1 + exp(−m)), the same on every machine. */
final class Sigmoid {
  private Sigmoid() {}

  /** The probability of these log-odds. */
  static double of(double margin) {
    return 1 / (1 + StrictMath.exp(-margin));
  }
}
