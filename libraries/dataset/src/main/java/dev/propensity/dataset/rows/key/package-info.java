/**
 * What decides a row's split where its identifier does not: its group, its date or its features.
 *
 * <p>Start with {@link dev.propensity.dataset.rows.key.SplitKey}. Depends on {@code encoder},
 * {@code specification} and {@code split}.
 */
@NullMarked
package dev.propensity.dataset.rows.key;

import org.jspecify.annotations.NullMarked;
