/**
 * The task {@code train}: trains a learner on the train split and writes the model's directory.
 *
 * <p>Start with {@link dev.propensity.tasks.train.TrainTask}. The learners are in the library
 * {@code model}.
 */
@NullMarked
package dev.propensity.tasks.train;

import org.jspecify.annotations.NullMarked;
