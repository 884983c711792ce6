/**
 * Reading and checking the rows of a table, in the same way at every entry point.
 *
 * <p>Start with {@link dev.propensity.dataset.rows.RowReader}: by a {@link
 * dev.propensity.dataset.rows.RowSchema} it turns a CSV into batches of encoded rows and collects
 * what it finds, in {@code result}. {@link dev.propensity.dataset.rows.RowPolicy} is all that
 * differs between training and scoring. What decides a row's split is read in {@code key}. Depends
 * on {@code encoder}, {@code specification} and {@code split}.
 */
@NullMarked
package dev.propensity.dataset.rows;

import org.jspecify.annotations.NullMarked;
