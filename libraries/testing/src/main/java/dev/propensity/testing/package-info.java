/**
 * What the tests of several modules share; no program depends on it.
 *
 * <p>Start with {@link dev.propensity.testing.TaskRunner}. The servers of the tests, which
 * libraries below need for their own tests, are in those libraries' test jars: {@code S3Server} and
 * {@code SimulatedAccount} in {@code storage}, {@code MlflowServer} in {@code tracking}.
 */
@NullMarked
package dev.propensity.testing;

import org.jspecify.annotations.NullMarked;
