package dev.propensity.model.lightgbm;

import dev.propensity.model.metric.Sigmoid;
import dev.propensity.model.trainer.Scorer;
import java.util.Arrays;
import java.util.List;

/**
 * Scores rows with LightGBM's trees without the library: double sums in the library's order,
 * rounded to float32 at the end.
 *
 * <p>Decisions are those of {@code tree.h} of LightGBM: a missing number takes the default side
 * where training saw missing ones at this split, else counts as 0; at a category's split the stored
 * codes go left, all others right: missing, unseen, below 0.
 */
final class LightGBMScorer implements Scorer {
  private static final int CATEGORY = 1;
  private static final int DEFAULT_LEFT = 2;
  private static final int MISSING = 3 << 2;
  private static final int MISSING_IS_ZERO = 1 << 2;
  private static final int MISSING_IS_NAN = 2 << 2;
  private static final double ALMOST_ZERO = 1e-35f;

  private final int width;
  private final int[] roots; // below 0: a tree of one leaf
  private final int[] features;
  private final int[] decisions;
  private final double[] thresholds;
  private final int[] left; // below 0: the leaf ~left
  private final int[] right;
  private final double[] leaves;
  private final int[][] sets; // of the codes that go left, null for numbers

  LightGBMScorer(LightGBMTrees model) {
    List<LightGBMTree> trees = model.trees();
    int nodes = trees.stream().mapToInt(tree -> tree.features().length).sum();
    this.width = model.features();
    this.roots = new int[trees.size()];
    this.features = new int[nodes];
    this.decisions = new int[nodes];
    this.thresholds = new double[nodes];
    this.left = new int[nodes];
    this.right = new int[nodes];
    this.sets = new int[nodes][];
    this.leaves = new double[nodes + trees.size()];
    int node = 0;
    int leaf = 0;
    for (int t = 0; t < roots.length; t++) {
      LightGBMTree tree = trees.get(t);
      roots[t] = tree.features().length == 0 ? ~leaf : node;
      pack(tree, node, leaf);
      node += tree.features().length;
      leaf += tree.leaves().length;
    }
  }

  private void pack(LightGBMTree tree, int firstNode, int firstLeaf) {
    for (int n = 0; n < tree.features().length; n++) {
      int at = firstNode + n;
      features[at] = tree.features()[n];
      decisions[at] = tree.decisions()[n];
      thresholds[at] = tree.thresholds()[n];
      left[at] = child(tree.left()[n], firstNode, firstLeaf);
      right[at] = child(tree.right()[n], firstNode, firstLeaf);
      if ((decisions[at] & CATEGORY) != 0) {
        int set = (int) thresholds[at];
        int begin = tree.setBegins()[set];
        sets[at] = Arrays.copyOfRange(tree.sets(), begin, tree.setBegins()[set + 1]);
      }
    }
    System.arraycopy(tree.leaves(), 0, leaves, firstLeaf, tree.leaves().length);
  }

  private static int child(int child, int firstNode, int firstLeaf) {
    return child < 0 ? ~(~child + firstLeaf) : child + firstNode;
  }

  @Override
  public float score(float[] values, int offset) {
    return (float) Sigmoid.of(logOdds(values, offset));
  }

  @Override
  public float[] scores(float[] values, int rows) {
    double[] logOdds = logOddsOf(values, rows);
    float[] scores = new float[rows];
    for (int row = 0; row < rows; row++) {
      scores[row] = (float) Sigmoid.of(logOdds[row]);
    }
    return scores;
  }

  @Override
  public float margin(float[] values, int offset) {
    return (float) logOdds(values, offset);
  }

  @Override
  public float[] margins(float[] values, int rows) {
    double[] logOdds = logOddsOf(values, rows);
    float[] margins = new float[rows];
    for (int row = 0; row < rows; row++) {
      margins[row] = (float) logOdds[row];
    }
    return margins;
  }

  private double logOdds(float[] values, int offset) {
    double sum = 0;
    for (int root : roots) {
      sum += leaf(root, values, offset);
    }
    return sum;
  }

  // Tree by tree, so that a tree stays in the processor's cache.
  private double[] logOddsOf(float[] values, int rows) {
    double[] sums = new double[rows];
    for (int root : roots) {
      for (int row = 0; row < rows; row++) {
        sums[row] += leaf(root, values, row * width);
      }
    }
    return sums;
  }

  /** The value of the leaf to which a tree leads this row. */
  private double leaf(int root, float[] values, int offset) {
    int at = root;
    while (at >= 0) {
      float value = values[offset + features[at]];
      boolean goesLeft =
          (decisions[at] & CATEGORY) != 0 ? holds(sets[at], value) : isLeft(at, value);
      at = goesLeft ? left[at] : right[at];
    }
    return leaves[~at];
  }

  private boolean isLeft(int at, float value) {
    int missing = decisions[at] & MISSING;
    boolean nan = value != value;
    double number = nan && missing != MISSING_IS_NAN ? 0 : value;
    if (nan && missing == MISSING_IS_NAN
        || missing == MISSING_IS_ZERO && Math.abs(number) <= ALMOST_ZERO) {
      return (decisions[at] & DEFAULT_LEFT) != 0;
    }
    return number <= thresholds[at];
  }

  private static boolean holds(int[] set, float value) {
    if (value != value || value <= -1) {
      return false;
    }
    int code = (int) value; // towards 0, as the library does
    int word = code >>> 5;
    return word < set.length && (set[word] >>> (code & 31) & 1) != 0;
  }
}
