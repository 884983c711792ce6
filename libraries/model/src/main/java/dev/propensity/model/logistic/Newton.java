package dev.propensity.model.logistic;

import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.logistic.Blocks.RowFunction;
import dev.propensity.model.metric.Sigmoid;
import java.util.Arrays;

/**
 * Finds the weights that minimize the penalized logistic loss
 *
 * <pre>F(w) = Σ (ln(1 + exp mᵢ) − yᵢ mᵢ) + ‖w‖² / 2C    with mᵢ = w₀ + xᵢ·w; w₀ has no penalty
 * </pre>
 *
 * by Newton's method; each step solves its linear system by conjugate gradients, preconditioned
 * with the diagonal (Lin, Weng and Keerthi, <a
 * href="https://www.jmlr.org/papers/v9/lin08b.html">Trust region Newton method for logistic
 * regression</a>, 2008, with a line search in place of the region). F is strictly convex in the
 * penalized weights, so it has one minimum, which does not depend on the steps.
 */
final class Newton {
  private static final int STEPS = 100;
  private static final int INNER_STEPS = 500;
  private static final double TOLERANCE = 1e-10; // of the gradient's length at the start
  private static final double DECREASE = 1e-4; // share of the slope that a step must go down by
  private static final double SHORTEST = 1e-6;

  private final Design design;
  private final FeatureTable rows;
  private final double penalty;
  private final Blocks blocks;
  private final double[] margins;
  private final double[] curvatures; // p(1 - p)
  private final double[] changes; // of the margins along the step

  private Newton(Design design, FeatureTable rows, double c, Blocks blocks) {
    this.design = design;
    this.rows = rows;
    this.penalty = 1 / c;
    this.blocks = blocks;
    this.margins = new double[rows.rows()];
    this.curvatures = new double[rows.rows()];
    this.changes = new double[rows.rows()];
  }

  /**
   * The result.
   *
   * @param weights as {@link Design} lays them out
   * @param steps how many were taken
   */
  record NewtonResult(double[] weights, int steps) {}

  /**
   * Fits.
   *
   * @param c the inverse strength of the penalty, as scikit-learn's C
   * @param threads how many to use; changes no byte
   */
  static NewtonResult fit(Design design, FeatureTable rows, double c, int threads) {
    try (Blocks blocks = new Blocks(rows.rows(), threads)) {
      return new Newton(design, rows, c, blocks).run();
    }
  }

  private NewtonResult run() {
    double[] weights = new double[design.size()];
    weights[0] = logOddsOfAll();
    double start = 0;
    for (int step = 0; step < STEPS; step++) {
      double[] gradient = gradient(weights);
      double length = Math.sqrt(Vectors.product(gradient, gradient));
      start = step == 0 ? length : start;
      if (length <= TOLERANCE * start || !descend(weights, gradient, length / start)) {
        return new NewtonResult(weights, step);
      }
    }
    return new NewtonResult(weights, STEPS);
  }

  private double logOddsOfAll() {
    double positives = rows.positives() + 0.5; // neither none nor all of them
    return StrictMath.log(positives / (rows.rows() + 1 - positives));
  }

  /** F's gradient; notes each row's margin and curvature. */
  private double[] gradient(double[] weights) {
    int width = design.features();
    double[] gradient =
        sum(
            (row, sums) -> {
              double margin = design.margin(weights, rows.values(), row * width);
              double p = Sigmoid.of(margin);
              margins[row] = margin;
              curvatures[row] = p * (1 - p);
              design.add(sums, rows.values(), row * width, p - rows.labels()[row], false);
            });
    addPenalty(gradient, weights);
    return gradient;
  }

  /** Takes a step; false where none goes down any further. */
  private boolean descend(double[] weights, double[] gradient, double progress) {
    double[] direction = direction(gradient, Math.min(0.1, Math.sqrt(progress)));
    double slope = Vectors.product(gradient, direction);
    int width = design.features();
    sum((row, sums) -> changes[row] = design.margin(direction, rows.values(), row * width));
    double before = loss(weights, direction, 0);
    for (double size = 1; size >= SHORTEST; size /= 2) {
      if (loss(weights, direction, size) <= before + DECREASE * size * slope) {
        for (int i = 0; i < weights.length; i++) {
          weights[i] += size * direction[i];
        }
        return true;
      }
    }
    return false;
  }

  /** F at {@code weights + size · direction}. */
  private double loss(double[] weights, double[] direction, double size) {
    double[] sum =
        blocks.sum(
            1,
            (row, sums) -> {
              double margin = margins[row] + size * changes[row];
              double above = Math.max(margin, 0);
              sums[0] += above + StrictMath.log1p(StrictMath.exp(-Math.abs(margin)));
              sums[0] -= rows.labels()[row] * margin;
            });
    double squares = 0;
    for (int i = 1; i < weights.length; i++) {
      double weight = weights[i] + size * direction[i];
      squares += weight * weight;
    }
    return sum[0] + penalty / 2 * squares;
  }

  /** Solves H d = −g until the remainder is below this share of g. */
  private double[] direction(double[] gradient, double tolerance) {
    double[] diagonal = diagonal();
    double[] direction = new double[gradient.length];
    double[] remainder = new double[gradient.length];
    for (int i = 0; i < remainder.length; i++) {
      remainder[i] = -gradient[i];
    }
    double enough = tolerance * Math.sqrt(Vectors.product(gradient, gradient));
    double[] search = Vectors.divided(remainder, diagonal);
    double size = Vectors.product(remainder, search);
    for (int step = 0; step < INNER_STEPS; step++) {
      double[] turned = curvature(search);
      double share = size / Vectors.product(search, turned);
      for (int i = 0; i < direction.length; i++) {
        direction[i] += share * search[i];
        remainder[i] -= share * turned[i];
      }
      if (Math.sqrt(Vectors.product(remainder, remainder)) <= enough) {
        break;
      }
      double[] scaled = Vectors.divided(remainder, diagonal);
      double next = Vectors.product(remainder, scaled);
      for (int i = 0; i < search.length; i++) {
        search[i] = scaled[i] + next / size * search[i];
      }
      size = next;
    }
    return direction;
  }

  /** The Hessian times a vector. */
  private double[] curvature(double[] vector) {
    int width = design.features();
    double[] product =
        sum(
            (row, sums) -> {
              double change = design.margin(vector, rows.values(), row * width);
              design.add(sums, rows.values(), row * width, curvatures[row] * change, false);
            });
    addPenalty(product, vector);
    return product;
  }

  private double[] diagonal() {
    int width = design.features();
    double[] diagonal =
        sum((row, sums) -> design.add(sums, rows.values(), row * width, curvatures[row], true));
    double[] ones = new double[diagonal.length];
    Arrays.fill(ones, 1);
    addPenalty(diagonal, ones);
    return diagonal;
  }

  private double[] sum(RowFunction work) {
    return blocks.sum(design.size(), work);
  }

  private void addPenalty(double[] sums, double[] weights) {
    for (int i = 1; i < sums.length; i++) {
      sums[i] += penalty * weights[i];
    }
  }
}
