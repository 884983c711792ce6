/**
 * What a resource of a stage is: its tags, its costs, how long its deletion may take.
 *
 * <p>Start with {@link dev.propensity.tasks.teardown.resource.ResourceType}. Depends on no other
 * package of the teardown.
 */
package dev.propensity.tasks.teardown.resource;
