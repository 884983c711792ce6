/**
 * Synthetic rows of any dataset.
 *
 * <p>Start with {@link dev.propensity.dataset.synthetic.SyntheticRows}. Depends on {@code
 * specification}, {@code rows} and {@code split}.
 */
@NullMarked
package dev.propensity.dataset.synthetic;

import org.jspecify.annotations.NullMarked;
