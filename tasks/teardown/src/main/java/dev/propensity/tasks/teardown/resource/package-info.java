/**
 * Resources of a stage: tags, costs, and timeouts of deletion.
 *
 * <p>Start with {@link dev.propensity.tasks.teardown.resource.ResourceType}. Depends on no other
 * package of the teardown.
 */
@NullMarked
package dev.propensity.tasks.teardown.resource;

import org.jspecify.annotations.NullMarked;
