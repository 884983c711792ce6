package dev.propensity.model.xgboost;

import java.util.List;

/** XGBoost's trees in one array, by which a row's leaf in a tree is found. */
final class PackedTrees {
  // A node is four ints: a leaf's are -1 and its value's bits.
  private static final int FEATURE = 0; // (feature << 2) | default left (1) | category (2)
  private static final int VALUE = 1; // bits of the threshold or leaf value; words of the code set
  private static final int LEFT = 2; // where the left child begins; the right one follows it
  private static final int SET = 3; // where the code set begins
  private static final int STRIDE = 4;
  private static final int DEFAULT_LEFT = 1;
  private static final int CATEGORY = 2;
  private static final float TOO_LARGE_FOR_A_CODE = 1 << 24;

  private final int[] roots; // by tree, where it begins
  private final int[] nodes;
  private final int[] sets;

  PackedTrees(List<XGBoostTree> trees) {
    this.roots = new int[trees.size()];
    int size = 0;
    for (int t = 0; t < roots.length; t++) {
      roots[t] = size;
      size += trees.get(t).nodes() * STRIDE;
    }
    this.nodes = new int[size];
    IntList sets = new IntList();
    for (int t = 0; t < roots.length; t++) {
      pack(trees.get(t), roots[t], nodes, sets);
    }
    this.sets = sets.toArray();
  }

  private static void pack(XGBoostTree tree, int root, int[] nodes, IntList sets) {
    int[][] codes = tree.codes();
    for (int n = 0; n < tree.nodes(); n++) {
      int at = root + n * STRIDE;
      int left = tree.left().intAt(n);
      nodes[at + VALUE] = Float.floatToRawIntBits(tree.conditions().floatAt(n));
      if (left < 0) {
        nodes[at + FEATURE] = -1;
        continue;
      }
      nodes[at + FEATURE] =
          tree.features().intAt(n) << 2
              | (tree.defaultLeft().intAt(n) == 0 ? 0 : DEFAULT_LEFT)
              | (codes[n] == null ? 0 : CATEGORY);
      nodes[at + LEFT] = root + left * STRIDE;
      if (codes[n] != null) {
        nodes[at + SET] = sets.size();
        nodes[at + VALUE] = sets.addBits(codes[n]);
      }
    }
  }

  /** How many trees there are. */
  int count() {
    return roots.length;
  }

  /**
   * Adds the values of the leaves to which the trees lead a row, in their order.
   *
   * @param base to which they are added
   * @param values holds the row, from {@code offset}
   */
  float sum(float base, float[] values, int offset) {
    float sum = base;
    for (int root : roots) {
      sum += leafBelow(root, values, offset);
    }
    return sum;
  }

  /** The value of the leaf to which one tree leads a row. */
  float leaf(int tree, float[] values, int offset) {
    return leafBelow(roots[tree], values, offset);
  }

  private float leafBelow(int root, float[] values, int offset) {
    int[] nodes = this.nodes;
    int at = root;
    int split = nodes[at];
    while (split >= 0) {
      float value = values[offset + (split >>> 2)];
      int next = nodes[at + LEFT];
      if ((split & CATEGORY) == 0) {
        float threshold = Float.intBitsToFloat(nodes[at + VALUE]);
        if (!(value < threshold) && (value >= threshold || (split & DEFAULT_LEFT) == 0)) {
          next += STRIDE;
        }
      } else if (value != value ? (split & DEFAULT_LEFT) == 0 : holds(at, value)) {
        next += STRIDE;
      }
      at = next;
      split = nodes[at];
    }
    return Float.intBitsToFloat(nodes[at + VALUE]);
  }

  /** Whether the code set of this node holds the value. */
  private boolean holds(int at, float value) {
    if (value < 0 || value >= TOO_LARGE_FOR_A_CODE) {
      return false;
    }
    int code = (int) value;
    int word = code >>> 5;
    return word < nodes[at + VALUE] && (sets[nodes[at + SET] + word] >>> (code & 31) & 1) != 0;
  }
}
