package dev.propensity.model.xgboost;

import static dev.propensity.model.trainer.Parameter.integer;
import static dev.propensity.model.trainer.Parameter.number;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.model.trainer.Parameters;
import dev.propensity.model.trainer.PythonSource;
import dev.propensity.model.trainer.Scorer;
import dev.propensity.model.trainer.TrainedModel;
import dev.propensity.model.trainer.Trainer;
import dev.propensity.model.trainer.TreeParameters;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gradient-boosted trees (Chen and Guestrin, <a
 * href="https://arxiv.org/abs/1603.02754">XGBoost</a>, 2016) on histograms, with categories split
 * as sets of codes. Boosting stops when the log loss on validation has not improved for {@code
 * early_stopping_rounds}; the trees after the best round are cut off.
 */
public final class XGBoostTrainer implements Trainer {
  /** The version of XGBoost that the native models are written with and read by in Python. */
  static final String VERSION = "3.0.4";

  static final String FILE = "model.ubj";

  private static final Map<String, Object> OBJECTIVE =
      Map.of("objective", XGBoostTrees.LOGISTIC, "eval_metric", "logloss");

  private static final Parameters PARAMETERS =
      XGBoostParameters.of(
          "xgboost",
          0.5,
          4,
          TreeParameters.rounds(),
          TreeParameters.earlyStopping(),
          TreeParameters.learningRate("eta"),
          integer("max_depth", 6, 1, 16, "maximum depth of a tree"),
          number("min_child_weight", 2, 0, 1e9, "minimum sum of p(1-p) in a leaf"),
          number("gamma", 0, 0, 1e9, "minimum gain of a split"),
          number("lambda", 1, 0, 1e9, "L2 penalty of leaf values"),
          number("alpha", 0, 0, 1e9, "L1 penalty of leaf values"),
          number("subsample", 1, 0.01, 1, "share of rows sampled for each tree"));

  @Override
  public String name() {
    return "xgboost";
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
    return train(types(encoder), train, validation, parameters, threads);
  }

  @Override
  public TrainedModel refit(
      Encoder encoder, FeatureTable rows, int rounds, JsonNode parameters, int threads) {
    return refit(types(encoder), rows, rounds, parameters, threads);
  }

  /** By feature {@code c} for a category's codes, {@code q} for numbers. */
  static String[] types(Encoder encoder) {
    return encoder.features().stream()
        .map(feature -> feature.column().kind() == ColumnKind.CATEGORY ? "c" : "q")
        .toArray(String[]::new);
  }

  /**
   * Fits a model.
   *
   * @param types of the features: {@code c} for a category's codes, {@code q} for numbers
   */
  static TrainedModel train(
      String[] types,
      FeatureTable train,
      FeatureTable validation,
      JsonNode parameters,
      int threads) {
    XGBoostBooster boosting = new XGBoostBooster(OBJECTIVE, parameters, types, threads);
    XGBoostBooster.XGBoostResult boosted = boosting.run(train, validation);
    byte[] model = XGBoostTrees.read(boosted.model()).truncated(boosted.best());
    SortedMap<String, List<Double>> history = new TreeMap<>();
    history.put("validation_logloss", boosted.logLoss());
    return trained(model, train.names(), boosted.best(), history);
  }

  /** Fits a model for exactly these rounds; {@code types} as in {@link #train}. */
  static TrainedModel refit(
      String[] types, FeatureTable rows, int rounds, JsonNode parameters, int threads) {
    byte[] model = new XGBoostBooster(OBJECTIVE, parameters, types, threads).run(rows, rounds);
    return trained(model, rows.names(), rounds, new TreeMap<>());
  }

  /**
   * The native model with the features' names, and its description for readers and Python.
   *
   * @param model as the library writes it
   * @param names of the features
   */
  static TrainedModel trained(
      byte[] model, List<String> names, int rounds, SortedMap<String, List<Double>> history) {
    byte[] named = XGBoostTrees.read(model).named(names);
    return new TrainedModel(
        FILE, named, flavor(), rounds, history, XGBoostTrees.read(named).importance());
  }

  private static TrainedModel.Flavor flavor() {
    return new TrainedModel.Flavor(
        "xgboost",
        Map.of(
            "data",
            FILE,
            "model_class",
            "xgboost.core.Booster",
            "model_format",
            "ubj",
            "xgb_version",
            VERSION),
        List.of("xgboost==" + VERSION),
        PythonSource.beside(XGBoostTrainer.class));
  }

  @Override
  public Scorer scorer(byte[] model) {
    return new XGBoostScorer(XGBoostTrees.read(model));
  }
}
