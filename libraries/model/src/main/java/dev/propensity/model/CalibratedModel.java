package dev.propensity.model;

import dev.propensity.model.calibration.Calibrator;
import dev.propensity.model.calibration.CalibratorFit;
import dev.propensity.model.calibration.MarginRows;
import dev.propensity.model.metric.CalibrationSlope;
import dev.propensity.model.metric.LogisticLine;
import dev.propensity.model.metric.ScoredRows;
import dev.propensity.model.trainer.CalibrationMethod;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model's calibrator.
 *
 * @param outOfFold rows that the model was not fitted to, each with the score of a calibrator of
 *     the same method that was not fitted to it; empty where there are none
 */
record CalibratedModel(Calibrator calibrator, Optional<ScoredRows> outOfFold) {
  /** A model whose scores are used as they are. */
  static final CalibratedModel NOT = new CalibratedModel(new Calibrator.None(), Optional.empty());

  /** Fits the calibrator to rows that the model was not fitted to. */
  static CalibratedModel of(CalibrationMethod method, MarginRows rows) {
    Calibrator calibrator = CalibratorFit.of(method, rows);
    float[] scores = CalibratorFit.outOfFold(calibrator, rows);
    return new CalibratedModel(
        calibrator, Optional.of(ScoredRows.of("the calibration rows", rows.labels(), scores)));
  }

  /** The calibration line, for forecasts; null where there are no rows for it. */
  @Nullable LogisticLine line() {
    return outOfFold.map(CalibrationSlope::line).orElse(null);
  }
}
