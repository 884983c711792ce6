/**
 * Which split a row belongs to: a hash of its identifier decides.
 *
 * <p>Start with {@link dev.propensity.dataset.split.Splitter}. Depends on {@code specification}.
 */
@NullMarked
package dev.propensity.dataset.split;

import org.jspecify.annotations.NullMarked;
