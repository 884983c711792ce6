package dev.propensity.model.logistic;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DatePart;
import java.util.List;

/**
 * How features enter the log-odds. A number, date or boolean x enters as z = (x − mean) · scale, a
 * number or date where wanted as q = (z² − 1) · its own scale, too; a category, ordinal or part of
 * a date as a separate weight for each level, and none for a level that was never seen. A missing
 * value has one weight in place of all of these.
 *
 * <p>Weights are in one array: the intercept, then feature by feature z, q and missing, or the
 * levels and missing.
 */
final class Design {
  private final double[] means;
  private final double[] scales;
  private final double[] squares; // scales of the squares; 0 where they do not enter
  private final int[] levels; // 0 for numbers
  private final int[] first; // where each feature's weights begin
  private final int size;

  /**
   * @param means of the numbers; 0 for levels
   * @param scales what a number's distance to its mean is multiplied by; 0 for levels
   * @param squares what z² − 1 is multiplied by; 0 where it does not enter
   * @param levels how many each feature has; 0 for numbers
   */
  Design(double[] means, double[] scales, double[] squares, int[] levels) {
    this.means = means;
    this.scales = scales;
    this.squares = squares;
    this.levels = levels;
    this.first = new int[levels.length];
    int next = 1;
    for (int f = 0; f < levels.length; f++) {
      first[f] = next;
      next += (levels[f] > 0 ? levels[f] : squares[f] != 0 ? 2 : 1) + 1;
    }
    this.size = next;
  }

  /** The design of these rows: numbers standardized to mean 0 and standard deviation 1. */
  static Design of(List<Encoder.Feature> features, FeatureTable rows, boolean quadratic) {
    int width = features.size();
    double[] means = new double[width];
    double[] scales = new double[width];
    double[] squares = new double[width];
    int[] levels = new int[width];
    for (int f = 0; f < width; f++) {
      Column column = features.get(f).column();
      switch (column.kind()) {
        case CATEGORY -> levels[f] = Math.max(1, features.get(f).categories().size());
        case ORDINAL -> levels[f] = column.values().size();
        case NUMBER, BOOLEAN, DATE -> {
          DatePart part = features.get(f).part();
          if (part != null) {
            levels[f] = part.maximum() + 1;
            continue;
          }
          Moments moments = Moments.of(rows.values(), f, width);
          means[f] = moments.mean();
          scales[f] = moments.scale();
          squares[f] = quadratic && column.kind() != ColumnKind.BOOLEAN ? moments.squareScale() : 0;
        }
      }
    }
    return new Design(means, scales, squares, levels);
  }

  /** How many weights there are, the intercept among them. */
  int size() {
    return size;
  }

  int features() {
    return levels.length;
  }

  boolean isNumber(int feature) {
    return levels[feature] == 0;
  }

  /** What z² − 1 is multiplied by; 0 where it does not enter. */
  double square(int feature) {
    return squares[feature];
  }

  int levels(int feature) {
    return levels[feature];
  }

  int first(int feature) {
    return first[feature];
  }

  /** Where the weight of a feature's missing values is. */
  int missing(int feature) {
    return feature + 1 < first.length ? first[feature + 1] - 1 : size - 1;
  }

  double mean(int feature) {
    return means[feature];
  }

  double scale(int feature) {
    return scales[feature];
  }

  /** The log-odds of the row that begins at {@code offset}. */
  double margin(double[] weights, float[] values, int offset) {
    double margin = weights[0];
    for (int f = 0; f < levels.length; f++) {
      margin += part(f, weights, values[offset + f]);
    }
    return margin;
  }

  /** What a feature's value adds to the log-odds. */
  double part(int feature, double[] weights, float value) {
    int at = first[feature];
    if (value != value) {
      return weights[missing(feature)];
    }
    if (levels[feature] > 0) {
      return value >= 0 && value < levels[feature] ? weights[at + (int) value] : 0;
    }
    double z = (value - means[feature]) * scales[feature];
    double linear = weights[at] * z;
    double square = squares[feature];
    return square == 0 ? linear : linear + weights[at + 1] * ((z * z - 1) * square);
  }

  /** Adds a row of the design times a factor; {@code squared}: with each of its entries squared. */
  void add(double[] sums, float[] values, int offset, double factor, boolean squared) {
    sums[0] += factor;
    for (int f = 0; f < levels.length; f++) {
      float value = values[offset + f];
      int at = first[f];
      if (value != value) {
        sums[missing(f)] += factor;
      } else if (levels[f] > 0) {
        if (value >= 0 && value < levels[f]) {
          sums[at + (int) value] += factor;
        }
      } else {
        double z = (value - means[f]) * scales[f];
        sums[at] += factor * (squared ? z * z : z);
        if (squares[f] != 0) {
          double q = (z * z - 1) * squares[f];
          sums[at + 1] += factor * (squared ? q * q : q);
        }
      }
    }
  }
}
