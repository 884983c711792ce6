/**
 * Deletes a stage's resources in an AWS account, and verifies that nothing is left.
 *
 * <p>Start with {@link dev.propensity.tasks.teardown.TeardownTask}: it scans ({@code Inventory}),
 * deletes ({@code Deletion}) and verifies ({@code TeardownVerifier}).
 */
@NullMarked
package dev.propensity.tasks.teardown;

import org.jspecify.annotations.NullMarked;
