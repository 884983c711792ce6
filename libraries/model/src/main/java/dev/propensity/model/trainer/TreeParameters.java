package dev.propensity.model.trainer;

import static dev.propensity.model.trainer.Parameters.Parameter.integer;
import static dev.propensity.model.trainer.Parameters.Parameter.number;

import dev.propensity.model.trainer.Parameters.Parameter;

/** The common parameters of tree learners, whatever the library. */
public final class TreeParameters {
  private TreeParameters() {}

  /** The maximum number of trees. */
  public static Parameter rounds() {
    return integer("rounds", 1000, 1, 100_000, "trees at most");
  }

  /** When boosting stops. */
  public static Parameter earlyStopping() {
    return integer(
        "early_stopping_rounds",
        20,
        1,
        10_000,
        "rounds without a better log loss to stop after");
  }

  /**
   * The learning rate.
   *
   * @param name in the library
   */
  public static Parameter learningRate(String name) {
    return number(name, 0.05, 0.0001, 1, "learning rate: the share of each tree that counts");
  }

  /** In how many bins a number's values are split. */
  public static Parameter bins(int standard) {
    return integer("max_bin", standard, 2, 65_535, "bins that a number's values are put into");
  }

  /** Which rows and features are drawn. */
  public static Parameter seed() {
    return integer(
        "seed", 2026, 0, Integer.MAX_VALUE, "of the choice of rows and features");
  }
}
