package dev.propensity.model.trainer;

import static dev.propensity.model.trainer.Parameter.integer;
import static dev.propensity.model.trainer.Parameter.number;

/** The parameters that all tree learners have in common. */
public final class TreeParameters {
  private TreeParameters() {}

  /** The maximum number of trees. */
  public static Parameter rounds() {
    return integer("rounds", 1000, 1, 100_000, "maximum number of trees");
  }

  /** When boosting stops. */
  public static Parameter earlyStopping() {
    return integer(
        "early_stopping_rounds",
        20,
        1,
        10_000,
        "rounds without a better log loss before early stopping");
  }

  /**
   * The learning rate.
   *
   * @param name in the library
   */
  public static Parameter learningRate(String name) {
    return number(name, 0.05, 0.0001, 1, "learning rate: the factor on each tree's output");
  }

  /** In how many bins a number's values are split. */
  public static Parameter bins(int standard) {
    return integer("max_bin", standard, 2, 65_535, "maximum bins of a number's values");
  }

  /** Which rows and features are drawn. */
  public static Parameter seed() {
    return integer(
        "seed", 2026, 0, Integer.MAX_VALUE, "random seed for sampling rows and features");
  }
}
