package dev.propensity.model;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a learner made.
 *
 * @param fileName of the native model: {@code model.ubj}
 * @param bytes of the native model
 * @param flavor the native MLflow flavour's name and entries, and the Python packages it needs
 * @param rounds of boosting or the like that the model keeps
 * @param history of each watched metric, its value after each round: {@code validation_logloss}
 * @param importance of each feature, by gain
 */
public record TrainedModel(
    String fileName,
    byte[] bytes,
    Flavor flavor,
    int rounds,
    SortedMap<String, List<Double>> history,
    SortedMap<String, Double> importance) {

  /** How MLflow loads the native model in Python. */
  public record Flavor(String name, Map<String, String> entries, List<String> requirements) {}
}
