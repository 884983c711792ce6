/**
 * Gradient boosting and random forests by XGBoost, and the scoring of their trees in Java.
 *
 * <p>Start with {@link dev.propensity.model.xgboost.XGBoostTrainer}; {@code XGBoostScorer} scores.
 * Depends on {@code trainer}.
 */
@NullMarked
package dev.propensity.model.xgboost;

import org.jspecify.annotations.NullMarked;
