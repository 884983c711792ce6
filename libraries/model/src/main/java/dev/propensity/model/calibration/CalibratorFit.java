package dev.propensity.model.calibration;

import dev.propensity.model.metric.LogLoss;
import java.util.Arrays;

/** Chooses and fits a calibrator. */
public final class CalibratorFit {
  /** Isotonic regression fits the noise of fewer (Niculescu-Mizil and Caruana, ICML 2005). */
  static final int POSITIVES_FOR_ISOTONIC = 1000;

  private static final int FOLDS = 10;

  private CalibratorFit() {}

  /**
   * Fits a calibrator.
   *
   * <p>{@code auto} leaves the scores as they are unless cross-validation of the calibrator shows a
   * log loss that is lower by more than one standard error, and prefers Platt's method unless the
   * isotonic one is better by as much.
   *
   * <p>A fit that does not rise, or one without positives or negatives, is none.
   *
   * @param method a value of the parameter {@code calibration}
   * @param rows to which the model was not fitted
   */
  public static Calibrator of(String method, MarginRows rows) {
    int positives = rows.positives();
    if (method.equals("none") || positives == 0 || positives == rows.size()) {
      return new Calibrator.None();
    }
    return switch (method) {
      case "platt" -> platt(rows);
      case "isotonic" -> isotonic(rows);
      case "auto" -> best(rows);
      default -> throw new IllegalArgumentException(method);
    };
  }

  private static Calibrator platt(MarginRows rows) {
    PlattScaling fitted = PlattScaling.fit(rows);
    return fitted.slope() > 0 ? fitted : new Calibrator.None();
  }

  private static Calibrator isotonic(MarginRows rows) {
    if (rows.positives() < POSITIVES_FOR_ISOTONIC) {
      return platt(rows);
    }
    IsotonicCalibration fitted = IsotonicCalibration.fit(rows);
    boolean rises = fitted.slope() > 0 && fitted.margins().length > 1;
    return rises ? fitted : new Calibrator.None();
  }

  private static Calibrator best(MarginRows rows) {
    double[] none = losses("none", rows);
    double[] platt = losses("platt", rows);
    String method = isBetter(platt, none) ? "platt" : "none";
    if (rows.positives() >= POSITIVES_FOR_ISOTONIC) {
      double[] isotonic = losses("isotonic", rows);
      if (isBetter(isotonic, method.equals("platt") ? platt : none)) {
        method = "isotonic";
      }
    }
    return of(method, rows);
  }

  /** Each row's log loss by a calibrator that was fitted to the other folds. */
  private static double[] losses(String method, MarginRows rows) {
    double[] losses = new double[rows.size()];
    for (int held = 0; held < FOLDS; held++) {
      int fold = held;
      Calibrator calibrator = of(method, rows.where(row -> fold(row) != fold));
      for (int row = 0; row < rows.size(); row++) {
        if (fold(row) == fold) {
          losses[row] = LogLoss.of(calibrator.probability(rows.margin(row)), rows.isPositive(row));
        }
      }
    }
    return losses;
  }

  /** Whatever order the rows have: the number is mixed (Steele, Lea and Flood, SplitMix, 2014). */
  private static int fold(int row) {
    long mixed = (row + 1) * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return (int) Long.remainderUnsigned(mixed ^ mixed >>> 31, FOLDS);
  }

  /** Whether the mean loss is lower by more than one standard error of the paired difference. */
  private static boolean isBetter(double[] losses, double[] than) {
    double[] gains = new double[losses.length];
    Arrays.setAll(gains, row -> than[row] - losses[row]);
    double mean = Arrays.stream(gains).sum() / gains.length;
    double squares = 0;
    for (double gain : gains) {
      squares += (gain - mean) * (gain - mean);
    }
    return mean > Math.sqrt(squares / (gains.length - 1) / gains.length);
  }
}
