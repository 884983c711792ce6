/**
 * Drafts the specification of a table that has none: what its columns are, which one is the label,
 * how rows are identified and split. A person checks the draft before a model is used.
 *
 * <p>Start with {@link dev.propensity.dataset.draft.SpecDrafting}. Depends on {@code features},
 * {@code profile} and what is below them.
 */
@NullMarked
package dev.propensity.dataset.draft;

import org.jspecify.annotations.NullMarked;
