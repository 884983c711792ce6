package dev.propensity.model.metric;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Logistic regression on one variable: the line {@code slope × x + intercept} of the log-odds with
 * the largest likelihood, by Newton's method with step halving (Lin, Lin and Weng, <a
 * href="https://doi.org/10.1007/s10994-007-5018-6">A note on Platt's probabilistic outputs</a>,
 * 2007).
 *
 * @param slope of the line; 0 where x has one value
 * @param intercept at x = 0
 * @param slopeVariance by the inverse of the observed information, and so are the others
 * @param covariance of slope and intercept
 */
public record LogisticLine(
    double slope,
    double intercept,
    @JsonProperty("slope_variance") double slopeVariance,
    @JsonProperty("intercept_variance") double interceptVariance,
    double covariance) {
  private static final int MAX_STEPS = 100;
  private static final double RIDGE = 1e-12; // keeps the information invertible
  private static final double CONVERGED = 1e-10; // of the gradient, per row
  private static final double SMALLEST_STEP = 1e-10;
  private static final double CONSTANT = 1e-9; // relative deviation of x that is rounding
  private static final double SUFFICIENT = 1e-4; // Armijo's condition

  /**
   * Fits it.
   *
   * @param x by row
   * @param targets by row, from 0 to 1, whose mean is neither
   */
  public static LogisticLine fit(double[] x, double[] targets) {
    NewtonFit fit = new NewtonFit(x, targets);
    return fit.isConstant() ? fit.constant() : fit.run();
  }

  /**
   * Fits it to targets slightly inside 0 and 1 (Platt, Probabilistic outputs for support vector
   * machines, 1999), so that it stays finite where x separates the labels.
   *
   * @param x by row, of both labels
   * @param labels by row, 0 or 1
   */
  public static LogisticLine fitInside(double[] x, byte[] labels) {
    int positives = 0;
    for (byte label : labels) {
      positives += label;
    }
    double high = (positives + 1.0) / (positives + 2.0);
    double low = 1.0 / (labels.length - positives + 2.0);
    double[] targets = new double[labels.length];
    for (int row = 0; row < targets.length; row++) {
      targets[row] = labels[row] == 1 ? high : low;
    }
    return fit(x, targets);
  }

  private static final class NewtonFit {
    private final double center;
    private final double scale;
    private final boolean isConstant;
    private final double[] z; // x in standard deviations from its mean
    private final double[] targets;

    private NewtonFit(double[] x, double[] targets) {
      this.targets = targets;
      this.z = new double[x.length];
      this.center = mean(x);
      double squares = 0;
      for (int row = 0; row < x.length; row++) {
        z[row] = x[row] - center;
        squares += z[row] * z[row];
      }
      double deviation = StrictMath.sqrt(squares / x.length);
      this.isConstant = deviation <= CONSTANT * Math.max(1, Math.abs(center));
      this.scale = isConstant ? 1 : deviation;
      for (int row = 0; row < z.length; row++) {
        z[row] /= scale;
      }
    }

    private static double mean(double[] values) {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      return sum / values.length;
    }

    private boolean isConstant() {
      return isConstant;
    }

    /** Where x has one value, it says nothing of the labels. */
    private LogisticLine constant() {
      double rate = mean(targets);
      return new LogisticLine(
          0, Sigmoid.logOdds(rate), 0, 1 / (targets.length * rate * (1 - rate)), 0);
    }

    private LogisticLine run() {
      double rate = mean(targets);
      double a = 0;
      double b = Sigmoid.logOdds(rate);
      double loss = loss(a, b);
      Derivatives at = derivatives(a, b);
      for (int step = 0; step < MAX_STEPS && !at.areFlat(z.length); step++) {
        double stepA = -(at.bb * at.a - at.ab * at.b) / at.determinant();
        double stepB = -(at.aa * at.b - at.ab * at.a) / at.determinant();
        double descent = at.a * stepA + at.b * stepB;
        double size = 1;
        double next = loss(a + stepA, b + stepB);
        while (!(next < loss + SUFFICIENT * size * descent) && size > SMALLEST_STEP) {
          size /= 2;
          next = loss(a + size * stepA, b + size * stepB);
        }
        if (!(next < loss)) {
          break; // rounding allows no better
        }
        a += size * stepA;
        b += size * stepB;
        loss = next;
        at = derivatives(a, b);
      }
      double shift = center / scale;
      double varianceA = at.bb / at.determinant();
      double varianceB = at.aa / at.determinant();
      double covariance = -at.ab / at.determinant();
      return new LogisticLine(
          a / scale,
          b - a * shift,
          varianceA / scale / scale,
          varianceB + shift * shift * varianceA - 2 * shift * covariance,
          (covariance - shift * varianceA) / scale);
    }

    /** Of the negative log-likelihood. */
    private record Derivatives(double a, double b, double aa, double ab, double bb) {
      double determinant() {
        return aa * bb - ab * ab;
      }

      boolean areFlat(int rows) {
        return Math.max(Math.abs(a), Math.abs(b)) < CONVERGED * rows;
      }
    }

    private Derivatives derivatives(double a, double b) {
      double gradientA = 0;
      double gradientB = 0;
      double aa = RIDGE;
      double ab = 0;
      double bb = RIDGE;
      for (int row = 0; row < z.length; row++) {
        double p = Sigmoid.of(a * z[row] + b);
        double error = p - targets[row];
        double weight = p * (1 - p);
        gradientA += error * z[row];
        gradientB += error;
        aa += weight * z[row] * z[row];
        ab += weight * z[row];
        bb += weight;
      }
      return new Derivatives(gradientA, gradientB, aa, ab, bb);
    }

    private double loss(double a, double b) {
      double sum = 0;
      for (int row = 0; row < z.length; row++) {
        double margin = a * z[row] + b;
        // −t ln p − (1 − t) ln(1 − p), without overflow
        sum += Math.max(margin, 0) - targets[row] * margin;
        sum += StrictMath.log1p(StrictMath.exp(-Math.abs(margin)));
      }
      return sum;
    }
  }
}
