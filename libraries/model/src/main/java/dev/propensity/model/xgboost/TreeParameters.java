package dev.propensity.model.xgboost;

import static dev.propensity.model.Parameters.Parameter.number;
import static dev.propensity.model.Parameters.Parameter.whole;

import dev.propensity.model.Parameters;
import dev.propensity.model.Parameters.Parameter;
import java.util.ArrayList;
import java.util.List;

/** What boosted trees and those of a forest let one choose alike. */
final class TreeParameters {
  private static final List<Parameter> COMMON =
      List.of(
          number("colsample_bytree", 1, 0.01, 1, "share of the features that each tree sees"),
          number("colsample_bynode", 0.3, 0.01, 1, "share of the features that each split sees"),
          whole("max_bin", 256, 2, 65_535, "bins that a number's values are put into"),
          whole(
              "max_cat_to_onehot",
              4,
              1,
              100_000,
              "categories from which on a split is by sets of them, not by one"),
          whole("max_cat_threshold", 64, 1, 100_000, "categories at most in a split's set"),
          whole("seed", 2026, 0, Integer.MAX_VALUE, "of the choice of rows and features"));

  private TreeParameters() {}

  /** A learner's own parameters, then the common ones. */
  static Parameters of(String learner, Parameter... own) {
    List<Parameter> all = new ArrayList<>(List.of(own));
    all.addAll(COMMON);
    return new Parameters(learner, List.copyOf(all));
  }
}
