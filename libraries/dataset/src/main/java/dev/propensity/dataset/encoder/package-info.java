/**
 * How a cell's text becomes a feature: numbers, categories, and labels.
 *
 * <p>Start with {@link dev.propensity.dataset.encoder.Encoder}, which is fitted on train and
 * travels with the model; a {@code CellReader} reads one column's cells. Depends on {@code
 * specification}.
 */
@NullMarked
package dev.propensity.dataset.encoder;

import org.jspecify.annotations.NullMarked;
