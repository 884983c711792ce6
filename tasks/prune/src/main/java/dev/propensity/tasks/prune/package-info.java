/**
 * The task {@code prune}: deletes artifacts that no release reaches.
 *
 * <p>Start with {@link dev.propensity.tasks.prune.PruneTask}.
 */
package dev.propensity.tasks.prune;
