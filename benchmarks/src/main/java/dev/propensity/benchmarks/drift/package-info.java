/**
 * Simulations of the drift rule: how often it is wrong on quiet days, and how fast it finds
 * changes.
 *
 * <p>Start with {@link dev.propensity.benchmarks.drift.DriftBenchmark}.
 */
@NullMarked
package dev.propensity.benchmarks.drift;

import org.jspecify.annotations.NullMarked;
