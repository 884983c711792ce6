package dev.propensity.model.lightgbm;

import static dev.propensity.model.trainer.Parameter.flag;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Gradient-boosted trees that grow leaf by leaf (Ke et al., <a
 * href="https://papers.nips.cc/paper/6907-lightgbm-a-highly-efficient-gradient-boosting-decision-tree">LightGBM</a>,
 * 2017), with categories split as sets of codes. Boosting stops when the log loss on validation has
 * not improved for {@code early_stopping_rounds}; the trees after the best round are left out.
 */
public final class LightGBMTrainer implements Trainer {
  /** The version of LightGBM that the native models are written with and read by in Python. */
  static final String VERSION = "4.3.0";

  static final String FILE = "model.txt";

  private static final Parameters PARAMETERS =
      Parameters.of(
          "lightgbm",
          List.of(
              TreeParameters.rounds(),
              TreeParameters.earlyStopping(),
              TreeParameters.learningRate("learning_rate"),
              integer("num_leaves", 31, 2, 131_072, "maximum leaves of a tree"),
              integer("max_depth", -1, -1, 64, "maximum depth of a tree; -1 for no limit"),
              integer("min_data_in_leaf", 20, 0, 1_000_000_000, "minimum rows of a leaf"),
              number("min_sum_hessian_in_leaf", 0.001, 0, 1e9, "minimum sum of p(1-p) in a leaf"),
              number("min_gain_to_split", 0, 0, 1e9, "minimum gain of a split"),
              number("lambda_l2", 0, 0, 1e9, "L2 penalty of leaf values"),
              number("lambda_l1", 0, 0, 1e9, "L1 penalty of leaf values"),
              number("bagging_fraction", 0.8, 0.01, 1, "share of rows sampled for each tree"),
              integer(
                  "bagging_freq",
                  1,
                  0,
                  10_000,
                  "number of trees after which rows are sampled again"),
              number("feature_fraction", 1, 0.01, 1, "share of features sampled for each tree"),
              number(
                  "feature_fraction_bynode",
                  0.5,
                  0.01,
                  1,
                  "share of features sampled for each split"),
              flag("extra_trees", false, "whether to try one random threshold per split"),
              TreeParameters.bins(255),
              integer(
                  "max_cat_to_onehot",
                  4,
                  1,
                  100_000,
                  "maximum categories for splits by one category instead of a set"),
              integer(
                  "max_cat_threshold",
                  32,
                  1,
                  100_000,
                  "maximum split points for a category's sets"),
              number("cat_smooth", 10, 0, 1e9, "reduces the effect of noise in rare categories"),
              number("cat_l2", 10, 0, 1e9, "L2 penalty in splits by category"),
              integer(
                  "min_data_per_group",
                  100,
                  1,
                  1_000_000_000,
                  "minimum rows of a category's group"),
              TreeParameters.seed()));

  @Override
  public String name() {
    return "lightgbm";
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
    return train(categories(encoder), train, validation, parameters, threads);
  }

  @Override
  public TrainedModel refit(
      Encoder encoder, FeatureTable rows, int rounds, JsonNode parameters, int threads) {
    return refit(categories(encoder), rows, rounds, parameters, threads);
  }

  private static List<Integer> categories(Encoder encoder) {
    return IntStream.range(0, encoder.features().size())
        .filter(place -> encoder.features().get(place).column().kind() == ColumnKind.CATEGORY)
        .boxed()
        .toList();
  }

  /** Fits a model; {@code categories} are the places of the features that are such. */
  static TrainedModel train(
      List<Integer> categories,
      FeatureTable train,
      FeatureTable validation,
      JsonNode parameters,
      int threads) {
    LightGBMBooster.LightGBMResult boosted =
        new LightGBMBooster(parameters, categories, threads).run(train, validation);
    SortedMap<String, List<Double>> history = new TreeMap<>();
    history.put("validation_logloss", boosted.logLoss());
    return trained(boosted.model(), train.names(), history);
  }

  /** Fits a model for exactly these rounds; {@code categories} as in {@link #train}. */
  static TrainedModel refit(
      List<Integer> categories, FeatureTable rows, int rounds, JsonNode parameters, int threads) {
    String model = new LightGBMBooster(parameters, categories, threads).run(rows, rounds);
    return trained(model, rows.names(), new TreeMap<>());
  }

  private static TrainedModel trained(
      String model, List<String> names, SortedMap<String, List<Double>> history) {
    LightGBMTrees trees = LightGBMTrees.read(model);
    return new TrainedModel(
        FILE,
        model.getBytes(StandardCharsets.UTF_8),
        flavor(),
        trees.trees().size(),
        history,
        trees.importance(names));
  }

  private static TrainedModel.Flavor flavor() {
    return new TrainedModel.Flavor(
        "lightgbm",
        Map.of("data", FILE, "model_class", "lightgbm.basic.Booster", "lgb_version", VERSION),
        List.of("lightgbm==" + VERSION),
        PythonSource.beside(LightGBMTrainer.class));
  }

  @Override
  public Scorer scorer(byte[] model) {
    return new LightGBMScorer(LightGBMTrees.read(new String(model, StandardCharsets.UTF_8)));
  }
}
