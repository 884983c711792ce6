/**
 * What reading the rows of a table finds: errors, and categories that are not in the training data.
 *
 * <p>Start with {@link dev.propensity.dataset.rows.result.Diagnostics}. Depends on {@code encoder}.
 */
@NullMarked
package dev.propensity.dataset.rows.result;

import org.jspecify.annotations.NullMarked;
