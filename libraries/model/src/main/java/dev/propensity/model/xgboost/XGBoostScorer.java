package dev.propensity.model.xgboost;

import dev.propensity.model.trainer.Scorer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Scores rows with XGBoost's trees without the library: float32 sums in the library's order, so
 * that margins and scores are equal to the bit.
 *
 * <p>Missing values (NaN) take a node's default side. At a category's split the stored codes go
 * right, every other code left, including unseen ones ({@code common/categorical.h} of XGBoost).
 */
final class XGBoostScorer implements Scorer {
  // A node is four ints: a leaf's are -1 and its value's bits.
  private static final int FEATURE = 0; // (feature << 2) | default left (1) | category (2)
  private static final int VALUE = 1; // bits of the threshold or leaf value; words of the code set
  private static final int LEFT = 2; // where the left child begins; the right one follows it
  private static final int SET = 3; // where the code set begins
  private static final int STRIDE = 4;
  private static final int DEFAULT_LEFT = 1;
  private static final int CATEGORY = 2;
  private static final float TOO_LARGE_FOR_A_CODE = 1 << 24;
  private static final double SMALLEST_PROBABILITY = 1e-6;
  private static final int MANY = 256; // minimum rows for which the tables are faster

  private final Stump[] stumps; // by tree; null where it is none
  private final int[] roots;
  private final int[] nodes;
  private final int[] sets;
  private final float baseMargin;
  private final boolean logistic;
  private @Nullable XGBoostTrees trees; // until the tables are made of them
  private @Nullable Optional<LeafTables> tables;

  private XGBoostScorer(
      XGBoostTrees trees,
      int[] roots,
      int[] nodes,
      int[] sets,
      float baseMargin,
      boolean logistic) {
    this.trees = trees;
    this.stumps = trees.trees().stream().map(Stump::of).toArray(Stump[]::new);
    this.roots = roots;
    this.nodes = nodes;
    this.sets = sets;
    this.baseMargin = baseMargin;
    this.logistic = logistic;
  }

  static XGBoostScorer of(XGBoostTrees trees) {
    List<XGBoostTrees.Tree> list = trees.trees();
    int[] roots = new int[list.size()];
    int size = 0;
    for (int t = 0; t < roots.length; t++) {
      roots[t] = size;
      size += list.get(t).nodes() * STRIDE;
    }
    int[] nodes = new int[size];
    IntList sets = new IntList();
    for (int t = 0; t < roots.length; t++) {
      pack(list.get(t), roots[t], nodes, sets);
    }
    boolean logistic = trees.isLogistic();
    float base = logistic ? logit(trees.baseScore()) : trees.baseScore();
    return new XGBoostScorer(trees, roots, nodes, sets.toArray(), base, logistic);
  }

  private static void pack(XGBoostTrees.Tree tree, int root, int[] nodes, IntList sets) {
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

  @Override
  public float score(float[] values, int offset) {
    return probability(sum(values, offset));
  }

  @Override
  public float[] scores(float[] values, int rows) {
    float[] scores = sums(values, rows);
    for (int row = 0; row < rows; row++) {
      scores[row] = probability(scores[row]);
    }
    return scores;
  }

  @Override
  public float margin(float[] values, int offset) {
    return logOdds(sum(values, offset));
  }

  @Override
  public float[] margins(float[] values, int rows) {
    float[] margins = sums(values, rows);
    for (int row = 0; row < rows; row++) {
      margins[row] = logOdds(margins[row]);
    }
    return margins;
  }

  private float[] sums(float[] values, int rows) {
    int width = rows == 0 ? 0 : values.length / rows;
    float[] sums = new float[rows];
    Arrays.fill(sums, baseMargin);
    Optional<LeafTables> leaves = rows < MANY ? Optional.empty() : tables();
    if (leaves.isPresent()) {
      leaves.get().addTo(sums, values, width);
    } else {
      addLeaves(sums, values, width);
    }
    return sums;
  }

  // Tree by tree, so that a tree stays in the processor's cache: twice as fast as row by row.
  private void addLeaves(float[] scores, float[] values, int width) {
    float[][] columns = new float[width][]; // of the stumps' features
    for (int tree = 0; tree < roots.length; tree++) {
      Stump stump = stumps[tree];
      if (stump == null) {
        for (int row = 0; row < scores.length; row++) {
          scores[row] += leaf(roots[tree], values, row * width);
        }
        continue;
      }
      if (columns[stump.feature()] == null) {
        columns[stump.feature()] = column(values, width, stump.feature());
      }
      stump.addTo(scores, columns[stump.feature()]);
    }
  }

  private static float[] column(float[] values, int width, int feature) {
    float[] column = new float[values.length / width];
    for (int row = 0; row < column.length; row++) {
      column[row] = values[row * width + feature];
    }
    return column;
  }

  /** Created when many rows are first scored: endpoints with small requests save the memory. */
  private synchronized Optional<LeafTables> tables() {
    if (tables == null) {
      boolean onlyStumps = Arrays.stream(stumps).allMatch(Objects::nonNull);
      tables =
          onlyStumps ? Optional.empty() : LeafTables.of(Objects.requireNonNull(trees, "trees"));
      trees = null;
    }
    return tables;
  }

  /** The sum of the trees' leaves: the log-odds, or a forest's probability. */
  float sum(float[] values, int offset) {
    float sum = baseMargin;
    for (int root : roots) {
      sum += leaf(root, values, offset);
    }
    return sum;
  }

  /** The value of the leaf to which a tree leads this row. */
  private float leaf(int root, float[] values, int offset) {
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

  /** Of a forest's probability, cut to [ε, 1 − ε]: its leaves may hold positives only, or none. */
  private float logOdds(float sum) {
    if (logistic) {
      return sum;
    }
    double p = Math.max(SMALLEST_PROBABILITY, Math.min(1 - SMALLEST_PROBABILITY, sum));
    return (float) StrictMath.log(p / (1 - p));
  }

  /** A forest's sum is one already, but for the rounding of its float32 steps. */
  private float probability(float margin) {
    return logistic ? sigmoid(margin) : Math.max(0, Math.min(1, margin));
  }

  // The library's formulas, with its float32 steps.
  private static float sigmoid(float margin) {
    return 1.0f / (FloatMath.exp(Math.max(Math.min(-margin, 88.7f), -87)) + 1.0f + 1e-16f);
  }

  private static float logit(float probability) {
    return -FloatMath.log(1.0f / probability - 1.0f);
  }
}
