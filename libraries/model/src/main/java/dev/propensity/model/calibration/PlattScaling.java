package dev.propensity.model.calibration;

import dev.propensity.model.trainer.Sigmoid;

/**
 * A straight line through the log-odds (Platt, Probabilistic outputs for support vector machines,
 * 1999), fitted by maximum likelihood with Platt's targets, by Newton's method with step halving
 * (Lin, Lin and Weng, <a href="https://doi.org/10.1007/s10994-007-5018-6">A note on Platt's
 * probabilistic outputs</a>, 2007).
 *
 * @param slope above 0
 */
public record PlattScaling(double slope, double intercept) implements Calibrator {
  private static final int MAX_STEPS = 100;
  private static final double RIDGE = 1e-12; // keeps the Hessian invertible
  private static final double CONVERGED = 1e-10; // of the gradient, per row
  private static final double SMALLEST_STEP = 1e-10;
  private static final double SUFFICIENT = 1e-4; // Armijo's condition

  @Override
  public float calibrate(float margin) {
    return (float) (slope * margin + intercept);
  }

  @Override
  public String name() {
    return "platt";
  }

  /**
   * Fits it.
   *
   * @param rows at least one positive and one negative
   */
  static PlattScaling fit(MarginRows rows) {
    return new Fit(rows).run();
  }

  private static final class Fit {
    private final MarginRows rows;
    private final double center;
    private final double scale;
    private final double high; // the target of a positive, a little below 1
    private final double low;

    private Fit(MarginRows rows) {
      this.rows = rows;
      double sum = 0;
      for (int row = 0; row < rows.size(); row++) {
        sum += rows.margin(row);
      }
      this.center = sum / rows.size();
      double squares = 0;
      for (int row = 0; row < rows.size(); row++) {
        double deviation = rows.margin(row) - center;
        squares += deviation * deviation;
      }
      double deviation = Math.sqrt(squares / rows.size());
      this.scale = deviation > 0 ? deviation : 1;
      double positives = rows.positives();
      this.high = (positives + 1) / (positives + 2);
      this.low = 1 / (rows.size() - positives + 2);
    }

    private PlattScaling run() {
      double a = 0;
      double b = StrictMath.log((rows.positives() + 1.0) / (rows.size() - rows.positives() + 1.0));
      double loss = loss(a, b);
      for (int step = 0; step < MAX_STEPS; step++) {
        double gradientA = 0;
        double gradientB = 0;
        double hessianAa = RIDGE;
        double hessianAb = 0;
        double hessianBb = RIDGE;
        for (int row = 0; row < rows.size(); row++) {
          double z = z(row);
          double p = Sigmoid.of(a * z + b);
          double error = p - target(row);
          double weight = p * (1 - p);
          gradientA += error * z;
          gradientB += error;
          hessianAa += weight * z * z;
          hessianAb += weight * z;
          hessianBb += weight;
        }
        if (Math.max(Math.abs(gradientA), Math.abs(gradientB)) < CONVERGED * rows.size()) {
          break;
        }
        double determinant = hessianAa * hessianBb - hessianAb * hessianAb;
        double stepA = -(hessianBb * gradientA - hessianAb * gradientB) / determinant;
        double stepB = -(hessianAa * gradientB - hessianAb * gradientA) / determinant;
        double descent = gradientA * stepA + gradientB * stepB;
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
      }
      return new PlattScaling(a / scale, b - a * center / scale);
    }

    private double z(int row) {
      return (rows.margin(row) - center) / scale;
    }

    private double target(int row) {
      return rows.isPositive(row) ? high : low;
    }

    private double loss(double a, double b) {
      double sum = 0;
      for (int row = 0; row < rows.size(); row++) {
        double margin = a * z(row) + b;
        // −t ln p − (1 − t) ln(1 − p), without overflow
        sum += Math.max(margin, 0) - target(row) * margin;
        sum += StrictMath.log1p(StrictMath.exp(-Math.abs(margin)));
      }
      return sum;
    }
  }
}
