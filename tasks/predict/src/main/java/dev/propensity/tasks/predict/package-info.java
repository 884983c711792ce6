/**
 * The task {@code predict}: scores a table with the champion or another model, into files.
 *
 * <p>Start with {@link dev.propensity.tasks.predict.PredictTask}.
 */
@NullMarked
package dev.propensity.tasks.predict;

import org.jspecify.annotations.NullMarked;
