package dev.propensity.model;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * How training went: {@code training.json}.
 *
 * @param history of each watched metric, its value after each round
 * @param importance of each feature, its share of the gain
 * @param validation metrics on the validation split
 */
public record TrainingHistory(
    SortedMap<String, List<Double>> history,
    SortedMap<String, Double> importance,
    SortedMap<String, Double> validation) {
  /** What to say of a model that no feature has a part in. */
  public static final String CONSTANT =
      "the model has no split and gives every row the same score: provide more rows of both labels,"
          + " or allow smaller leaves (min_child_weight, min_data_in_leaf) or less regularization";

  /** Whether no feature has a part in the model: every row has the same score. */
  public boolean hasNoSplit() {
    return hasNoSplit(importance);
  }

  static boolean hasNoSplit(Map<String, Double> importance) {
    return importance.values().stream().allMatch(share -> share == 0);
  }
}
