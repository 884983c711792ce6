/**
 * Gradient boosting by LightGBM, and the scoring of its trees in Java.
 *
 * <p>Start with {@link dev.propensity.model.lightgbm.LightGBMTrainer}. Depends on {@code trainer}.
 */
@NullMarked
package dev.propensity.model.lightgbm;

import org.jspecify.annotations.NullMarked;
