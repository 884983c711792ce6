/**
 * Deletes what a stage has in an AWS account, and verifies that nothing is left.
 *
 * <p>Start with {@link dev.propensity.tasks.teardown.TeardownTask}: it looks ({@code Inventory}),
 * deletes ({@code Deletion}) and verifies ({@code TeardownVerifier}).
 */
package dev.propensity.tasks.teardown;
