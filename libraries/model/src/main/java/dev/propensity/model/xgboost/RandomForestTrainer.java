package dev.propensity.model.xgboost;

import static dev.propensity.model.trainer.Parameter.integer;
import static dev.propensity.model.trainer.Parameter.number;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.trainer.Parameters;
import dev.propensity.model.trainer.Scorer;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.model.trainer.Trainer;
import java.util.Map;
import java.util.TreeMap;

/**
 * A random forest (Breiman, <a href="https://doi.org/10.1023/A:1010933404324">Random Forests</a>,
 * 2001), grown by XGBoost: trees side by side, each on some of the rows and at each split on some
 * of the features. They are fitted to the labels 0 and 1 by squared error, which splits as the Gini
 * index does, so that a leaf holds its rows' share of positives and the forest's score is the mean
 * of the leaves: a probability.
 */
public final class RandomForestTrainer implements Trainer {
  private static final Parameters PARAMETERS =
      XGBoostParameters.of(
          "randomforest",
          0.3,
          100,
          integer("trees", 300, 1, 10_000, "number of trees"),
          integer("max_depth", 16, 1, 24, "maximum depth of a tree"),
          number("min_child_weight", 3, 0, 1e9, "minimum rows of a leaf"),
          number("gamma", 0, 0, 1e9, "minimum gain of a split"),
          number(
              "lambda",
              1,
              0,
              1e9,
              "shrinks leaves toward the base rate, with the weight of this many rows"),
          number("subsample", 0.8, 0.01, 1, "share of rows sampled for each tree"));

  @Override
  public String name() {
    return "randomforest";
  }

  @Override
  public Parameters parameters() {
    return PARAMETERS;
  }

  @Override
  public TrainedModel train(
      Encoder encoder,
      FeatureTable train,
      FeatureTable validation,
      JsonNode parameters,
      int threads) {
    TrainedModel model = refit(encoder, train, 1, parameters, threads);
    return model.withValidationLoss(validation, scorer(model.bytes()));
  }

  @Override
  public TrainedModel refit(
      Encoder encoder, FeatureTable rows, int rounds, JsonNode parameters, int threads) {
    return grow(XGBoostTrainer.types(encoder), rows, parameters, threads);
  }

  /** Grows a forest; {@code types} as in {@link XGBoostTrainer#train}. */
  static TrainedModel grow(String[] types, FeatureTable rows, JsonNode parameters, int threads) {
    Map<String, Object> fixed =
        Map.of(
            "objective",
            "reg:squarederror",
            "eta",
            1,
            "num_parallel_tree",
            parameters.get("trees").intValue());
    byte[] model = new XGBoostBooster(fixed, parameters, types, threads).run(rows, 1);
    return XGBoostTrainer.trained(model, rows.names(), 1, new TreeMap<>());
  }

  @Override
  public Scorer scorer(byte[] model) {
    return new XGBoostScorer(XGBoostTrees.read(model));
  }
}
