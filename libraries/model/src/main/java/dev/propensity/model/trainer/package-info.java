/**
 * What all learners share: the trainer, its parameters, the trained model, the scorer.
 *
 * <p>Start with {@link dev.propensity.model.trainer.Trainer}. Depends on {@code metric}.
 */
@NullMarked
package dev.propensity.model.trainer;

import org.jspecify.annotations.NullMarked;
