package dev.propensity.model.xgboost;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feature's values in bins that no split of any tree separates; the last bin is for missing
 * values.
 */
abstract class Bins {
  private final int count;

  private Bins(int count) {
    this.count = count;
  }

  /** How many bins there are. */
  final int count() {
    return count;
  }

  /** The bin of a value. */
  abstract int bin(float value);

  /** Whether this split by this feature sends the values of a bin right. */
  final boolean goesRight(XGBoostTree tree, int node, int bin) {
    return bin == count - 1 ? tree.defaultLeft().intAt(node) == 0 : isRight(tree, node, bin);
  }

  abstract boolean isRight(XGBoostTree tree, int node, int bin);

  /**
   * The bins of a feature, or null where it is a number in some splits and a category in others.
   */
  static @Nullable Bins of(List<XGBoostTree> trees, int feature) {
    float[] thresholds = new float[16];
    int numbers = 0;
    int largest = -1;
    boolean category = false;
    for (XGBoostTree tree : trees) {
      for (int node = 0; node < tree.nodes(); node++) {
        if (tree.left().intAt(node) < 0 || tree.features().intAt(node) != feature) {
          continue;
        }
        if (tree.codes()[node] == null) {
          if (numbers == thresholds.length) {
            thresholds = Arrays.copyOf(thresholds, 2 * numbers);
          }
          thresholds[numbers++] = tree.conditions().floatAt(node);
        } else {
          category = true;
          for (int code : tree.codes()[node]) {
            largest = Math.max(largest, code);
          }
        }
      }
    }
    if (category) {
      return numbers > 0 ? null : new Codes(largest + 1);
    }
    return new Thresholds(Arrays.copyOf(thresholds, numbers));
  }

  /** A number's bins: each begins at a threshold, which belongs to it. */
  private static final class Thresholds extends Bins {
    private final float[] begins;

    Thresholds(float[] thresholds) {
      this(sorted(thresholds), 0);
    }

    private Thresholds(float[] begins, int unused) {
      super(begins.length + 2);
      this.begins = begins;
    }

    private static float[] sorted(float[] thresholds) {
      Arrays.sort(thresholds);
      int different = 0;
      for (float threshold : thresholds) {
        if (different == 0 || threshold != thresholds[different - 1]) {
          thresholds[different++] = threshold;
        }
      }
      return Arrays.copyOf(thresholds, different);
    }

    // How many thresholds are not above the value.
    @Override
    int bin(float value) {
      if (value != value) {
        return begins.length + 1;
      }
      int low = 0;
      int high = begins.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (begins[middle] <= value) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    @Override
    boolean isRight(XGBoostTree tree, int node, int bin) {
      return bin > 0 && begins[bin - 1] >= tree.conditions().floatAt(node);
    }
  }

  /** A category's bins: one for each code in a split, and one for all other codes. */
  private static final class Codes extends Bins {
    private final int codes;

    Codes(int codes) {
      super(codes + 2);
      this.codes = codes;
    }

    @Override
    int bin(float value) {
      if (value != value) {
        return codes + 1;
      }
      return value >= 0 && value < codes ? (int) value : codes;
    }

    @Override
    boolean isRight(XGBoostTree tree, int node, int bin) {
      for (int code : tree.codes()[node]) {
        if (code == bin) {
          return true;
        }
      }
      return false;
    }
  }
}
