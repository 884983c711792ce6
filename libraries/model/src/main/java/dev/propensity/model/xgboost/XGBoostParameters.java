package dev.propensity.model.xgboost;

import static dev.propensity.model.trainer.Parameter.integer;
import static dev.propensity.model.trainer.Parameter.number;

import dev.propensity.model.trainer.Parameter;
import dev.propensity.model.trainer.Parameters;
import dev.propensity.model.trainer.TreeParameters;
import java.util.ArrayList;
import java.util.List;

/** The common parameters of XGBoost's boosted trees and forests. */
final class XGBoostParameters {
  private static final List<Parameter> COMMON =
      List.of(
          number("colsample_bytree", 1, 0.01, 1, "share of features sampled for each tree"),
          number("colsample_bynode", 0.3, 0.01, 1, "share of features sampled for each split"),
          TreeParameters.bins(256),
          integer(
              "max_cat_to_onehot",
              4,
              1,
              100_000,
              "minimum categories for splits by a set of categories instead of one"),
          integer("max_cat_threshold", 64, 1, 100_000, "maximum categories in a split's set"),
          TreeParameters.seed());

  private XGBoostParameters() {}

  /** A learner's own parameters, then the common ones. */
  static Parameters of(String learner, Parameter... own) {
    List<Parameter> all = new ArrayList<>(List.of(own));
    all.addAll(COMMON);
    return Parameters.of(learner, all);
  }
}
