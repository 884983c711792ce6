package dev.propensity.model.trainer;

import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.metric.LogLoss;
import dev.propensity.model.metric.ScoredRows;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The result of training.
 *
 * @param fileName of the native model: {@code model.ubj}
 * @param bytes of the native model
 * @param flavor how Python loads it
 * @param rounds of boosting or the like that the model keeps
 * @param history of each watched metric, its value after each round: {@code validation_logloss}
 * @param importance of each feature, its share of the whole: of the gain of trees' splits, or of
 *     the variance that it brings into the log-odds
 */
public record TrainedModel(
    String fileName,
    byte[] bytes,
    Flavor flavor,
    int rounds,
    SortedMap<String, List<Double>> history,
    SortedMap<String, Double> importance) {

  /** The same with its log loss on these rows as its history, for a learner without rounds. */
  public TrainedModel withValidationLoss(FeatureTable validation, Scorer scorer) {
    float[] scores = scorer.scores(validation.values(), validation.rows());
    ScoredRows rows = ScoredRows.of("the validation split", validation.labels(), scores);
    SortedMap<String, List<Double>> losses = new TreeMap<>();
    losses.put("validation_logloss", List.of(LogLoss.of(rows)));
    return withHistory(losses);
  }

  /** The same with the history of another fit. */
  public TrainedModel withHistory(SortedMap<String, List<Double>> other) {
    return new TrainedModel(fileName, bytes, flavor, rounds, other, importance);
  }

  /**
   * How MLflow loads the native model in Python.
   *
   * @param name of MLflow's native flavor; null where MLflow has none
   * @param entries of the flavor in {@code MLmodel}
   * @param requirements the Python packages that it needs
   * @param scoring Python source of {@code load_scorer(folder)}, which gives a function from a
   *     float32 array of features {@code [rows][features]} to the scores
   */
  public record Flavor(
      @Nullable String name,
      Map<String, String> entries,
      List<String> requirements,
      String scoring) {

    /** The flavor of a model that MLflow loads as a {@code python_function} alone. */
    public static Flavor ofRawColumns(String scoring) {
      return new Flavor(null, Map.of(), List.of(), scoring);
    }
  }
}
