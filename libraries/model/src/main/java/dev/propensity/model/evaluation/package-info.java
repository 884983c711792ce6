/**
 * The model's quality on the test split beside the champion's, and the verdict.
 *
 * <p>Start with {@link dev.propensity.model.evaluation.Evaluator}; {@link
 * dev.propensity.model.evaluation.ReleaseDecision} decides whether a model is released, and the
 * task {@code register} applies the verdict. Depends on {@code metric}.
 */
@NullMarked
package dev.propensity.model.evaluation;

import org.jspecify.annotations.NullMarked;
