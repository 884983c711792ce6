/**
 * Logistic regression by Newton's method, written here.
 *
 * <p>Start with {@link dev.propensity.model.logistic.LogisticTrainer}. Depends on {@code trainer}.
 */
@NullMarked
package dev.propensity.model.logistic;

import org.jspecify.annotations.NullMarked;
