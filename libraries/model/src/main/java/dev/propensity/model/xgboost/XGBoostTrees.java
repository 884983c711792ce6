package dev.propensity.model.xgboost;

import dev.propensity.foundation.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The trees of an XGBoost model, read from its UBJ file.
 *
 * @param document the whole file
 * @param width how many features it was trained on
 * @param features their names; none in a model as the library writes it here
 * @param isLogistic whether the trees' sum is log-odds; else it is a probability itself
 * @param baseScore the probability before the first tree
 */
record XGBoostTrees(
    Map<String, Object> document,
    int width,
    List<String> features,
    boolean isLogistic,
    float baseScore,
    List<XGBoostTree> trees) {
  static final String LOGISTIC = "binary:logistic";

  /**
   * Reads a model.
   *
   * @throws UserException if the bytes are not a model of one binary label, or of another version
   *     of XGBoost: its trees may mean something else, as 3.4's base score does
   */
  static XGBoostTrees read(byte[] ubj) {
    try {
      Map<String, Object> document = map(UbjsonReader.read(ubj));
      requireThisVersion(list(document.get("version")));
      Map<String, Object> learner = map(document.get("learner"));
      List<String> features =
          list(learner.get("feature_names")).stream().map(String.class::cast).toList();
      Map<String, Object> parameters = map(learner.get("learner_model_param"));
      String baseScore = (String) parameters.get("base_score");
      int width = Integer.parseInt((String) parameters.get("num_feature"));
      List<XGBoostTree> trees = new ArrayList<>();
      for (Object tree : list(model(document).get("trees"))) {
        trees.add(XGBoostTree.read(map(tree), width));
      }
      Object objective = map(learner.get("objective")).get("name");
      boolean logistic = LOGISTIC.equals(Objects.requireNonNull(objective, "no objective"));
      float base = Float.parseFloat(baseScore);
      return new XGBoostTrees(document, width, features, logistic, base, trees);
    } catch (IllegalArgumentException
        | NullPointerException
        | ClassCastException
        | IndexOutOfBoundsException e) {
      throw new UserException("the XGBoost model is damaged: " + e.getMessage(), e);
    }
  }

  private static void requireThisVersion(List<Object> numbers) {
    String version = numbers.stream().map(String::valueOf).collect(Collectors.joining("."));
    if (!version.equals(XGBoostTrainer.VERSION)) {
      throw new UserException(
          "the XGBoost model was written by XGBoost "
              + version
              + "; only models of XGBoost "
              + XGBoostTrainer.VERSION
              + " are read here: train it again");
    }
  }

  /** The model's bytes with its first {@code rounds} trees only. */
  byte[] truncated(int rounds) {
    Map<String, Object> model = new LinkedHashMap<>(model(document));
    Map<String, Object> parameters = new LinkedHashMap<>(map(model.get("gbtree_model_param")));
    parameters.put("num_trees", Integer.toString(rounds));
    model.put("gbtree_model_param", parameters);
    model.put("iteration_indptr", list(model.get("iteration_indptr")).subList(0, rounds + 1));
    model.put("tree_info", list(model.get("tree_info")).subList(0, rounds));
    model.put("trees", list(model.get("trees")).subList(0, rounds));
    Map<String, Object> booster =
        with(map(map(document.get("learner")).get("gradient_booster")), "model", model);
    Map<String, Object> learner = with(map(document.get("learner")), "gradient_booster", booster);
    return UbjsonWriter.write(with(document, "learner", learner));
  }

  /**
   * The model's bytes with these names of its features, where Python looks for them. The library
   * itself takes names through JNI by their length in characters, and cuts off what is longer in
   * UTF-8.
   */
  byte[] named(List<String> names) {
    if (names.size() != width) {
      throw new IllegalArgumentException(names.size() + " names for " + width + " features");
    }
    Map<String, Object> learner = with(map(document.get("learner")), "feature_names", names);
    return UbjsonWriter.write(with(document, "learner", learner));
  }

  /** The total gain of each feature's splits, as a share of the total; unused features have 0. */
  SortedMap<String, Double> importance() {
    double[] gains = new double[width];
    double total = 0;
    for (XGBoostTree tree : trees) {
      for (int node = 0; node < tree.nodes(); node++) {
        if (tree.left().intAt(node) >= 0) {
          gains[tree.features().intAt(node)] += tree.gains().floatAt(node);
          total += tree.gains().floatAt(node);
        }
      }
    }
    SortedMap<String, Double> importance = new TreeMap<>();
    for (int f = 0; f < gains.length; f++) {
      importance.put(features.get(f), total == 0 ? 0 : gains[f] / total);
    }
    return importance;
  }

  private static Map<String, Object> with(Map<String, Object> object, String key, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(object);
    copy.put(key, value);
    return copy;
  }

  private static Map<String, Object> model(Map<String, Object> document) {
    return map(map(map(document.get("learner")).get("gradient_booster")).get("model"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value, "an object is missing");
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(@Nullable Object value) {
    return (List<Object>) Objects.requireNonNull(value, "a list is missing");
  }
}
