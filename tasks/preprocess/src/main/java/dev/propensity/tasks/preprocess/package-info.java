/**
 * The task {@code preprocess}: encodes a raw table and deals it to splits or folds.
 *
 * <p>Start with {@link dev.propensity.tasks.preprocess.PreprocessTask}. What is computed is in
 * {@code dataset.features}.
 */
package dev.propensity.tasks.preprocess;
