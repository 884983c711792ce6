package dev.propensity.model.calibration;

import dev.propensity.model.metric.LogisticLine;
import java.util.Optional;

/**
 * A straight line through the log-odds, fitted by maximum likelihood to targets slightly inside 0
 * and 1 (Platt, Probabilistic outputs for support vector machines, 1999).
 *
 * @param slope above 0
 * @throws IllegalArgumentException if the slope is not
 */
public record PlattScaling(double slope, double intercept) implements Calibrator {
  public PlattScaling {
    if (!(slope > 0 && Double.isFinite(slope) && Double.isFinite(intercept))) {
      throw new IllegalArgumentException("a calibrator must rise, not by " + slope);
    }
  }

  @Override
  public float calibrate(float margin) {
    return (float) (slope * margin + intercept);
  }

  @Override
  public String name() {
    return "platt";
  }

  /**
   * Fits it; empty if the margins rank the rows no better than chance.
   *
   * @param rows at least one positive and one negative
   */
  static Optional<PlattScaling> fit(MarginRows rows) {
    double[] margins = new double[rows.size()];
    for (int row = 0; row < margins.length; row++) {
      margins[row] = rows.margin(row);
    }
    LogisticLine line = LogisticLine.fitInside(margins, rows.labels());
    return line.slope() > 0
        ? Optional.of(new PlattScaling(line.slope(), line.intercept()))
        : Optional.empty();
  }
}
