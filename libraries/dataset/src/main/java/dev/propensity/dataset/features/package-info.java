/**
 * The encoded table in its splits, as Arrow files and in memory, and the folds of an experiment.
 *
 * <p>Start with {@link dev.propensity.dataset.features.Preprocessing}, which writes them from a raw
 * table, and {@link dev.propensity.dataset.features.FeatureTable}, which reads them. Depends on all
 * other packages of this module but {@code synthetic}.
 */
@NullMarked
package dev.propensity.dataset.features;

import org.jspecify.annotations.NullMarked;
