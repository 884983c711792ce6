package dev.propensity.model.calibration;

import dev.propensity.model.metric.LogLoss;
import dev.propensity.model.metric.MeanEstimate;
import dev.propensity.model.trainer.CalibrationMethod;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Selects and fits a calibrator. */
public final class CalibratorFit {
  /**
   * Isotonic regression overfits fewer. Niculescu-Mizil and Caruana (Predicting good probabilities
   * with supervised learning, ICML 2005) advise against it below some 1,000 rows; positives are the
   * scarce rows here.
   */
  static final int POSITIVES_FOR_ISOTONIC = 1000;

  private static final int FOLDS = 10;

  private CalibratorFit() {}

  /**
   * Fits a calibrator.
   *
   * <p>{@code AUTO} leaves the scores as they are unless cross-validation of the calibrator shows a
   * log loss that is lower by more than one standard error. The isotonic one must be better by as
   * much than both others.
   *
   * <p>It is none if the rows have one label only, or if the margins rank them no better than
   * chance.
   *
   * @param rows that the model was not fitted to
   */
  public static Calibrator of(CalibrationMethod method, MarginRows rows) {
    boolean isIsotonicAllowed = rows.positives() >= POSITIVES_FOR_ISOTONIC;
    return switch (method) {
      case NONE -> new Calibrator.None();
      case PLATT -> fit(PlattScaling::fit, rows);
      case ISOTONIC -> fit(isIsotonicAllowed ? IsotonicCalibration::fit : PlattScaling::fit, rows);
      case AUTO -> best(rows, isIsotonicAllowed);
    };
  }

  /**
   * The scores that this calibrator is expected to give to rows that it was not fitted to: each
   * row's by one of the same method that was fitted to nine tenths of the others.
   *
   * @param calibrator that was fitted to these rows
   * @param rows that the model was not fitted to
   * @return probabilities, by row
   */
  public static float[] outOfFold(Calibrator calibrator, MarginRows rows) {
    if (calibrator instanceof PlattScaling) {
      return outOfFold(others -> fit(PlattScaling::fit, others), rows);
    }
    if (calibrator instanceof IsotonicCalibration) {
      return outOfFold(others -> fit(IsotonicCalibration::fit, others), rows);
    }
    return outOfFold(others -> calibrator, rows);
  }

  private static float[] outOfFold(Function<MarginRows, Calibrator> fit, MarginRows rows) {
    float[] scores = new float[rows.size()];
    RowFolds folds = new RowFolds(rows.labels(), FOLDS);
    for (int held = 0; held < FOLDS; held++) {
      int fold = held;
      Calibrator calibrator = fit.apply(rows.where(row -> folds.of(row) != fold));
      for (int row = 0; row < rows.size(); row++) {
        if (folds.of(row) == fold) {
          scores[row] = calibrator.probability(rows.margin(row));
        }
      }
    }
    return scores;
  }

  private static Calibrator fit(
      Function<MarginRows, Optional<? extends Calibrator>> fit, MarginRows rows) {
    boolean bothLabels = rows.positives() > 0 && rows.positives() < rows.size();
    return bothLabels
        ? fit.apply(rows).<Calibrator>map(c -> c).orElseGet(Calibrator.None::new)
        : new Calibrator.None();
  }

  private static Calibrator best(MarginRows rows, boolean isIsotonicAllowed) {
    double[] none = losses(any -> Optional.empty(), rows);
    double[] platt = losses(PlattScaling::fit, rows);
    if (isIsotonicAllowed) {
      double[] isotonic = losses(IsotonicCalibration::fit, rows);
      if (isBetter(isotonic, none) && isBetter(isotonic, platt)) {
        return fit(IsotonicCalibration::fit, rows);
      }
    }
    return isBetter(platt, none) ? fit(PlattScaling::fit, rows) : new Calibrator.None();
  }

  /** Each row's log loss by a calibrator that was fitted to the other folds. */
  private static double[] losses(
      Function<MarginRows, Optional<? extends Calibrator>> fit, MarginRows rows) {
    float[] scores = outOfFold(others -> fit(fit, others), rows);
    double[] losses = new double[rows.size()];
    Arrays.setAll(losses, row -> LogLoss.of(scores[row], rows.isPositive(row)));
    return losses;
  }

  /** Whether the mean loss is lower by more than one standard error of the paired difference. */
  private static boolean isBetter(double[] losses, double[] than) {
    double[] gains = new double[losses.length];
    Arrays.setAll(gains, row -> than[row] - losses[row]);
    MeanEstimate gain = MeanEstimate.of(gains);
    return gain.mean() > gain.standardError();
  }
}
