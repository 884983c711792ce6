package dev.propensity.model.xgboost;

import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds the leaves of many rows without a branch, in a third of the time of walking the trees;
 * after QuickScorer (Lucchese and others, SIGIR 2015).
 *
 * <p>A tree's leaves are bits, from left to right. A row's value of a feature excludes leaves; the
 * leaf that no feature excludes is the row's. The excluded leaves are looked up by the value's bin:
 * bins end at all trees' thresholds, so that no split separates two values of a bin.
 */
final class LeafTables {
  private static final int MAX_LEAVES = Long.SIZE;
  private static final int MAX_BINS = Character.MAX_VALUE;
  private static final int MAX_MASKS = 1 << 20; // 8 MiB
  private static final int TOGETHER = 4;
  private static final int TILE = 512;

  private final Bins[] bins; // by feature
  private final Table[] tables; // by tree

  /**
   * The tables of a tree.
   *
   * @param features of its splits, padded to a multiple of {@value #TOGETHER} with one that
   *     excludes nothing
   * @param begins where the masks of each of them begin
   * @param masks by bin, the leaves that are not excluded
   * @param leaves their values
   */
  private record Table(int[] features, int[] begins, long[] masks, float[] leaves) {}

  private LeafTables(Bins[] bins, Table[] tables) {
    this.bins = bins;
    this.tables = tables;
  }

  /** The tables of these trees, or empty where they have too many leaves or thresholds. */
  static Optional<LeafTables> of(XGBoostTrees trees) {
    int width = trees.width();
    Bins[] bins = new Bins[width];
    for (int f = 0; f < width; f++) {
      bins[f] = Bins.of(trees.trees(), f);
      if (bins[f] == null || bins[f].count() > MAX_BINS) {
        return Optional.empty();
      }
    }
    Table[] tables = new Table[trees.trees().size()];
    int masks = 0;
    for (int t = 0; t < tables.length; t++) {
      XGBoostTree tree = trees.trees().get(t);
      if ((tree.nodes() + 1) / 2 > MAX_LEAVES || masks > MAX_MASKS) {
        return Optional.empty();
      }
      tables[t] = table(tree, bins);
      masks += tables[t].masks.length;
    }
    return Optional.of(new LeafTables(bins, tables));
  }

  private static Table table(XGBoostTree tree, Bins[] bins) {
    Leaves leaves = new Leaves(tree);
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
    return new Table(features, begins, masks, leaves.values());
  }

  /** Adds each row's leaves to its score, tree by tree. */
  void addTo(float[] scores, float[] values, int width) {
    char[][] binned = new char[bins.length + 1][TILE];
    long[] open = new long[TILE];
    for (int from = 0; from < scores.length; from += TILE) {
      int rows = Math.min(TILE, scores.length - from);
      for (int f = 0; f < bins.length; f++) {
        for (int row = 0; row < rows; row++) {
          binned[f][row] = (char) bins[f].bin(values[(from + row) * width + f]);
        }
      }
      for (Table table : tables) {
        add(table, binned, open, scores, from, rows);
      }
    }
  }

  private static void add(
      Table table, char[][] binned, long[] open, float[] scores, int from, int rows) {
    Arrays.fill(open, 0, rows, -1);
    for (int f = 0; f < table.features.length; f += TOGETHER) {
      narrow(
          open,
          rows,
          table.masks,
          table.begins,
          f,
          binned[table.features[f]],
          binned[table.features[f + 1]],
          binned[table.features[f + 2]],
          binned[table.features[f + 3]]);
    }
    float[] leaves = table.leaves;
    for (int row = 0; row < rows; row++) {
      scores[from + row] += leaves[Long.numberOfTrailingZeros(open[row])];
    }
  }

  private static void narrow(
      long[] open,
      int rows,
      long[] masks,
      int[] begins,
      int f,
      char[] a,
      char[] b,
      char[] c,
      char[] d) {
    int beginA = begins[f];
    int beginB = begins[f + 1];
    int beginC = begins[f + 2];
    int beginD = begins[f + 3];
    for (int row = 0; row < rows; row++) {
      open[row] &=
          masks[beginA + a[row]]
              & masks[beginB + b[row]]
              & masks[beginC + c[row]]
              & masks[beginD + d[row]];
    }
  }

  /** The leaves on either side of each node, as bits. */
  private static final class Leaves {
    private final XGBoostTree tree;
    private final long[] below;
    private final float[] values = new float[MAX_LEAVES];
    private int count;

    Leaves(XGBoostTree tree) {
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

    long left(int node) {
      return below[tree.left().intAt(node)];
    }

    long right(int node) {
      return below[tree.right().intAt(node)];
    }

    float[] values() {
      return values;
    }
  }
}
