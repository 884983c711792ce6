package dev.propensity.model.lightgbm;

import java.util.Map;
import java.util.Objects;

/**
 * One tree of a LightGBM model; all arrays by inner node but {@code leaves}. A child below 0 is the
 * leaf {@code ~child}.
 *
 * @param decisions bits: 1 a category's split; 2 missing values go left; 4 and 8 what is missing
 * @param thresholds a number up to it goes left; of a category the place of its code set
 * @param setBegins where each code set begins in {@code sets}, and the end of the last
 * @param sets bit sets of the codes that go left
 */
record LightGBMTree(
    int[] features,
    int[] decisions,
    double[] thresholds,
    int[] left,
    int[] right,
    double[] gains,
    double[] leaves,
    int[] setBegins,
    int[] sets) {
  /** The threshold of a split of missing values from all others. */
  private static final String INFINITE = "inf";

  /**
   * Reads a tree.
   *
   * @param block its lines, by key
   * @param features the model's number of features
   * @throws IllegalArgumentException if a node's child or feature does not exist
   */
  static LightGBMTree read(Map<String, String> block, int features) {
    boolean sets = !"0".equals(Objects.requireNonNull(block.get("num_cat"), "num_cat is missing"));
    int leaves = Integer.parseInt(block.get("num_leaves"));
    LightGBMTree tree =
        new LightGBMTree(
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
      values[i] =
          words[i].equals(INFINITE) ? Double.POSITIVE_INFINITY : Double.parseDouble(words[i]);
    }
    return values;
  }

  private static String[] words(Map<String, String> block, String key) {
    String text = block.getOrDefault(key, "").strip();
    return text.isEmpty() ? new String[0] : text.split(" +");
  }
}
