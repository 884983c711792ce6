/**
 * The model that is served: loaded, verified and warmed beside the old one, then swapped.
 *
 * <p>Start with {@link dev.propensity.tasks.serve.model.ModelHolder}; {@code LedgerFollower}
 * follows the releases.
 */
@NullMarked
package dev.propensity.tasks.serve.model;

import org.jspecify.annotations.NullMarked;
