package dev.propensity.model.xgboost;

/** The leaves of a tree: their values, and those on either side of each node as bits. */
final class TreeLeaves {
  /** How many leaves a tree may have. */
  static final int MAX_COUNT = Long.SIZE;

  private final XGBoostTree tree;
  private final long[] below;
  private final float[] values = new float[MAX_COUNT];
  private int count;

  /**
   * @param tree with at most {@link #MAX_COUNT} leaves
   */
  TreeLeaves(XGBoostTree tree) {
    this.tree = tree;
    this.below = new long[tree.nodes()];
    number(0);
  }

  private long number(int node) {
    int left = tree.left().intAt(node);
    if (left < 0) {
      values[count] = tree.conditions().floatAt(node);
      below[node] = 1L << count++;
    } else {
      below[node] = number(left) | number(tree.right().intAt(node));
    }
    return below[node];
  }

  /** The leaves below the left child. */
  long left(int node) {
    return below[tree.left().intAt(node)];
  }

  /** The leaves below the right child. */
  long right(int node) {
    return below[tree.right().intAt(node)];
  }

  /** The values of all leaves, from left to right; {@link #MAX_COUNT} places. */
  float[] values() {
    return values;
  }
}
