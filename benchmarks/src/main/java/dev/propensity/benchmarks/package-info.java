/**
 * Benchmarks of learners that run in Java, each a separate program; {@code benchmarks/run} starts
 * the others.
 *
 * <p>Start with {@link dev.propensity.benchmarks.CrossValidation}.
 */
@NullMarked
package dev.propensity.benchmarks;

import org.jspecify.annotations.NullMarked;
