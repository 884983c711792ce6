/**
 * Which split a row belongs to: a hash of its identifier, group or features decides, or its date;
 * and the folds of an experiment.
 *
 * <p>Start with {@link dev.propensity.dataset.split.SplitAssignment} and {@link
 * dev.propensity.dataset.split.Splitter}; for folds, with {@link
 * dev.propensity.dataset.split.FoldRows}. Depends on {@code specification}.
 */
@NullMarked
package dev.propensity.dataset.split;

import org.jspecify.annotations.NullMarked;
