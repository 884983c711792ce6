/**
 * The task {@code prune}: deletes artifacts that no release reaches.
 *
 * <p>Start with {@link dev.propensity.tasks.prune.PruneTask}.
 */
@NullMarked
package dev.propensity.tasks.prune;

import org.jspecify.annotations.NullMarked;
