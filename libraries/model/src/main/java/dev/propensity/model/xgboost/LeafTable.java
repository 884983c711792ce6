package dev.propensity.model.xgboost;

import java.util.Arrays;
import java.util.TreeSet;

/**
 * The table of a tree, by which the leaves of rows are found; see {@link LeafTables}.
 *
 * @param features of its splits, padded to a multiple of {@value #TOGETHER} with one that excludes
 *     nothing
 * @param begins where the masks of each of them begin
 * @param masks by bin, the leaves that are not excluded
 * @param leaves their values
 */
record LeafTable(int[] features, int[] begins, long[] masks, float[] leaves) {
  /** How many features are looked up together. */
  static final int TOGETHER = 4;

  /**
   * The table of a tree.
   *
   * @param bins by feature
   */
  static LeafTable of(XGBoostTree tree, Bins[] bins) {
    TreeLeaves leaves = new TreeLeaves(tree);
    TreeSet<Integer> used = new TreeSet<>();
    for (int node = 0; node < tree.nodes(); node++) {
      if (tree.left().intAt(node) >= 0) {
        used.add(tree.features().intAt(node));
      }
    }
    int filled = (used.size() + TOGETHER - 1) / TOGETHER * TOGETHER;
    int[] features = new int[filled];
    int[] begins = new int[filled];
    Arrays.fill(features, bins.length); // the one that excludes nothing
    int size = 1;
    int place = 0;
    for (int feature : used) {
      features[place] = feature;
      begins[place++] = size;
      size += bins[feature].count();
    }
    long[] masks = new long[size];
    Arrays.fill(masks, -1);
    for (int node = 0; node < tree.nodes(); node++) {
      if (tree.left().intAt(node) >= 0) {
        int feature = tree.features().intAt(node);
        int begin = begins[Arrays.binarySearch(features, 0, used.size(), feature)];
        for (int bin = 0; bin < bins[feature].count(); bin++) {
          boolean right = bins[feature].goesRight(tree, node, bin);
          masks[begin + bin] &= ~(right ? leaves.left(node) : leaves.right(node));
        }
      }
    }
    return new LeafTable(features, begins, masks, leaves.values());
  }
}
