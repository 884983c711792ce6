/**
 * From a model's margin to a probability.
 *
 * <p>Start with {@link dev.propensity.model.calibration.CalibratorFit}, which chooses and fits a
 * {@link dev.propensity.model.calibration.Calibrator} on rows that the model was not fitted to.
 * Depends on {@code metric} and {@code trainer}.
 */
@NullMarked
package dev.propensity.model.calibration;

import org.jspecify.annotations.NullMarked;
