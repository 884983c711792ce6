package dev.propensity.benchmarks;

import dev.propensity.dataset.features.FeatureTable;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Rows randomly assigned to folds of equal size, by a seed. */
final class RandomFolds {
  /** One in so many rows outside of a fold is used for early stopping. */
  private static final int VALIDATION = 7;

  private final int[] order;
  private final int folds;

  RandomFolds(int rows, int folds, long seed) {
    this.folds = folds;
    this.order = order(rows, seed);
  }

  /** The rows' numbers in a random order. */
  static int[] order(int rows, long seed) {
    int[] order = new int[rows];
    SplittableRandom random = new SplittableRandom(seed);
    for (int row = 0; row < rows; row++) {
      int other = random.nextInt(row + 1);
      order[row] = order[other];
      order[other] = row;
    }
    return order;
  }

  /** The rows of this fold, which its model is not trained on. */
  int[] test(int fold) {
    return Arrays.copyOfRange(order, begin(fold), begin(fold + 1));
  }

  /** Most of the other rows. */
  FeatureTable train(FeatureTable table, int fold) {
    return table.take(others(fold, false));
  }

  /** The rest of the other rows. */
  FeatureTable validation(FeatureTable table, int fold) {
    return table.take(others(fold, true));
  }

  private int begin(int fold) {
    return (int) ((long) order.length * fold / folds);
  }

  private int[] others(int fold, boolean validation) {
    int[] others = new int[order.length];
    int count = 0;
    for (int i = 0; i < order.length; i++) {
      boolean own = i >= begin(fold) && i < begin(fold + 1);
      if (!own && (i % VALIDATION == 0) == validation) {
        others[count++] = order[i];
      }
    }
    return Arrays.copyOf(others, count);
  }
}
