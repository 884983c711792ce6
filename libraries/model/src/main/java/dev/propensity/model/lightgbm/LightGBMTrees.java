package dev.propensity.model.lightgbm;

import dev.propensity.foundation.UserException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The trees of a LightGBM model, read from its text: lines of {@code key=value}, a block for the
 * whole and one a tree.
 *
 * @param features the model's number of features
 */
record LightGBMTrees(int features, List<Tree> trees) {
  private static final String OBJECTIVE = "binary sigmoid:1";
  private static final String FORMAT = "v4"; // the file has no version but this

  /**
   * One tree; all arrays by inner node but {@code leaves}. A child below 0 is the leaf {@code
   * ~child}.
   *
   * @param decisions bits: 1 a category's split; 2 missing values go left; 4 and 8 what is missing
   * @param thresholds a number up to it goes left; of a category the place of its code set
   * @param setBegins where each code set begins in {@code sets}, and the end of the last
   * @param sets bit sets of the codes that go left
   */
  record Tree(
      int[] features,
      int[] decisions,
      double[] thresholds,
      int[] left,
      int[] right,
      double[] gains,
      double[] leaves,
      int[] setBegins,
      int[] sets) {}

  /**
   * Reads a model.
   *
   * @throws UserException if it is not a model of one binary label, or in another format
   */
  static LightGBMTrees read(String text) {
    try {
      List<Map<String, String>> blocks = blocks(text);
      Map<String, String> model = blocks.get(0);
      if (!text.contains("\nend of trees\n")) {
        throw new IllegalArgumentException("it is cut off");
      }
      requireThisFormat(model.get("version"));
      if (!OBJECTIVE.equals(model.get("objective"))) {
        throw new IllegalArgumentException("it is of another objective");
      }
      int features = Integer.parseInt(model.get("max_feature_idx")) + 1;
      List<Tree> trees = new ArrayList<>();
      for (Map<String, String> block : blocks.subList(1, blocks.size())) {
        trees.add(tree(block, features));
      }
      return new LightGBMTrees(features, trees);
    } catch (IllegalArgumentException | NullPointerException | IndexOutOfBoundsException e) {
      throw new UserException("the LightGBM model is damaged: " + e.getMessage(), e);
    }
  }

  private static void requireThisFormat(@Nullable String format) {
    if (!FORMAT.equals(format)) {
      throw new UserException(
          "the LightGBM model has the format "
              + format
              + "; only "
              + FORMAT
              + ", of LightGBM "
              + LightGBMTrainer.VERSION
              + ", is read here: train it again");
    }
  }

  private static List<Map<String, String>> blocks(String text) {
    List<Map<String, String>> blocks = new ArrayList<>(List.of(new HashMap<>()));
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (line.equals("end of trees")) {
        break;
      }
      if (line.startsWith("Tree=")) {
        blocks.add(new HashMap<>());
      }
      int equals = line.indexOf('=');
      if (equals > 0) {
        blocks.get(blocks.size() - 1).put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return blocks;
  }

  private static Tree tree(Map<String, String> block, int features) {
    boolean sets = !"0".equals(Objects.requireNonNull(block.get("num_cat"), "num_cat is missing"));
    int leaves = Integer.parseInt(block.get("num_leaves"));
    Tree tree =
        new Tree(
            integers(block, "split_feature"),
            integers(block, "decision_type"),
            numbers(block, "threshold"),
            integers(block, "left_child"),
            integers(block, "right_child"),
            numbers(block, "split_gain"),
            numbers(block, "leaf_value"),
            sets ? integers(block, "cat_boundaries") : new int[0],
            sets ? integers(block, "cat_threshold") : new int[0]);
    if (tree.leaves().length != leaves || tree.thresholds().length != leaves - 1) {
      throw new IllegalArgumentException("a tree has " + tree.leaves().length + " leaves");
    }
    for (int node = 0; node < leaves - 1; node++) {
      if (tree.features()[node] >= features
          || leadsNowhere(tree.left()[node], node, leaves)
          || leadsNowhere(tree.right()[node], node, leaves)) {
        throw new IllegalArgumentException("node " + node + " leads nowhere");
      }
    }
    return tree;
  }

  private static boolean leadsNowhere(int child, int node, int leaves) {
    return child < 0 ? ~child >= leaves : child <= node || child >= leaves - 1;
  }

  private static int[] integers(Map<String, String> block, String key) {
    String[] words = words(block, key);
    int[] values = new int[words.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) Long.parseLong(words[i]); // code sets are unsigned
    }
    return values;
  }

  private static double[] numbers(Map<String, String> block, String key) {
    String[] words = words(block, key);
    double[] values = new double[words.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.parseDouble(words[i]);
    }
    return values;
  }

  private static String[] words(Map<String, String> block, String key) {
    String text = block.getOrDefault(key, "").strip();
    return text.isEmpty() ? new String[0] : text.split(" +");
  }

  /** The total gain of each feature's splits, as a share of the total; unused features have 0. */
  SortedMap<String, Double> importance(List<String> names) {
    double[] gains = new double[features];
    double total = 0;
    for (Tree tree : trees) {
      for (int node = 0; node < tree.gains().length; node++) {
        gains[tree.features()[node]] += tree.gains()[node];
        total += tree.gains()[node];
      }
    }
    SortedMap<String, Double> importance = new TreeMap<>();
    for (int f = 0; f < gains.length; f++) {
      importance.put(names.get(f), total == 0 ? 0 : gains[f] / total);
    }
    return importance;
  }
}
