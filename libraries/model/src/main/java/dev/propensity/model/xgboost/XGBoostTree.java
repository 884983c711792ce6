package dev.propensity.model.xgboost;

import java.util.Map;
import java.util.Objects;

/**
 * One tree of an XGBoost model; all arrays by node.
 *
 * @param left the left child's node, -1 for a leaf
 * @param right the right child's node
 * @param features the split's feature
 * @param conditions the threshold, or a leaf's value
 * @param defaultLeft 1 where missing values go left
 * @param gains what the split gained
 * @param codes of a category's split, those that go right; null for other nodes
 */
record XGBoostTree(
    NumericArray left,
    NumericArray right,
    NumericArray features,
    NumericArray conditions,
    NumericArray defaultLeft,
    NumericArray gains,
    int[][] codes) {
  int nodes() {
    return left.length();
  }

  /**
   * Reads a tree.
   *
   * @param tree its object in the file
   * @param features the model's number of features
   * @throws IllegalArgumentException if a node's child or feature does not exist
   */
  static XGBoostTree read(Map<String, Object> tree, int features) {
    NumericArray left = numbers(tree, "left_children");
    XGBoostTree read =
        new XGBoostTree(
            left,
            numbers(tree, "right_children"),
            numbers(tree, "split_indices"),
            numbers(tree, "split_conditions"),
            numbers(tree, "default_left"),
            numbers(tree, "loss_changes"),
            codes(tree, left.length()));
    for (int node = 0; node < read.nodes(); node++) {
      int child = left.intAt(node);
      if (child < 0) {
        continue;
      }
      if (child <= node
          || read.right().intAt(node) != child + 1
          || child + 1 >= read.nodes()
          || read.features().intAt(node) >= features) {
        throw new IllegalArgumentException("node " + node + " leads nowhere");
      }
    }
    return read;
  }

  private static int[][] codes(Map<String, Object> tree, int nodes) {
    NumericArray splits = numbers(tree, "categories_nodes");
    NumericArray begins = numbers(tree, "categories_segments");
    NumericArray sizes = numbers(tree, "categories_sizes");
    NumericArray all = numbers(tree, "categories");
    int[][] codes = new int[nodes][];
    for (int i = 0; i < splits.length(); i++) {
      int[] right = new int[sizes.intAt(i)];
      for (int j = 0; j < right.length; j++) {
        right[j] = all.intAt(begins.intAt(i) + j);
      }
      codes[splits.intAt(i)] = right;
    }
    return codes;
  }

  private static NumericArray numbers(Map<String, Object> tree, String name) {
    return Objects.requireNonNull((NumericArray) tree.get(name), name + " is missing");
  }
}
