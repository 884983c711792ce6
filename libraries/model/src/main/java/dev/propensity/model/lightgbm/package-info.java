/**
 * Gradient boosting by LightGBM, and the scoring of its trees in Java.
 *
 * <p>Start with {@link dev.propensity.model.lightgbm.LightGBMTrainer}. Depends on {@code trainer}.
 */
package dev.propensity.model.lightgbm;
