/**
 * The task {@code preprocess}: encodes a raw table, in its splits or folds.
 *
 * <p>Start with {@link dev.propensity.tasks.preprocess.PreprocessTask}. What is computed is in
 * {@code dataset.features}.
 */
@NullMarked
package dev.propensity.tasks.preprocess;

import org.jspecify.annotations.NullMarked;
