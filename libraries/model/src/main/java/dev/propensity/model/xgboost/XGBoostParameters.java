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
  private XGBoostParameters() {}

  /**
   * A learner's own parameters, then the common ones.
   *
   * @param featuresOfSplit the default of {@code colsample_bynode}
   * @param categoriesOfSets the default of {@code max_cat_to_onehot}
   */
  static Parameters of(
      String learner, double featuresOfSplit, int categoriesOfSets, Parameter... own) {
    List<Parameter> all = new ArrayList<>(List.of(own));
    all.add(number("colsample_bytree", 1, 0.01, 1, "share of features sampled for each tree"));
    all.add(
        number(
            "colsample_bynode",
            featuresOfSplit,
            0.01,
            1,
            "share of features sampled for each split"));
    all.add(TreeParameters.bins(256));
    all.add(
        integer(
            "max_cat_to_onehot",
            categoriesOfSets,
            1,
            100_000,
            "minimum categories for splits by a set of categories instead of one"));
    all.add(integer("max_cat_threshold", 64, 1, 100_000, "maximum categories in a split's set"));
    all.add(TreeParameters.seed());
    return Parameters.of(learner, all);
  }
}
