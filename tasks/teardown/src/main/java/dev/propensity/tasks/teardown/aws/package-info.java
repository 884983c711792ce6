/**
 * The resource types, one class each.
 *
 * <p>A new one is a {@link dev.propensity.tasks.teardown.resource.ResourceType} here and a line in
 * {@code Account}.
 */
@NullMarked
package dev.propensity.tasks.teardown.aws;

import org.jspecify.annotations.NullMarked;
