package dev.propensity.model.metric;

/** The logistic function 1 / (1 + exp(−m)), the same on every machine. */
public final class Sigmoid {
  private Sigmoid() {}

  /** The probability of these log-odds. */
  public static double of(double margin) {
    return 1 / (1 + StrictMath.exp(-margin));
  }

  /** The log-odds of this probability, above 0 and below 1: the inverse. */
  public static double logOdds(double probability) {
    return StrictMath.log(probability / (1 - probability));
  }
}
