/**
 * Gradient boosting and random forests by XGBoost, and the scoring of their trees in Java.
 *
 * <p>Start with {@link dev.propensity.model.xgboost.XGBoostTrainer}; {@code XGBoostScorer} scores.
 * Depends on {@code trainer}.
 */
package dev.propensity.model.xgboost;
