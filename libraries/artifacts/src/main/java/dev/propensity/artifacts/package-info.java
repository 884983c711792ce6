/**
 * What one stage hands to the next: one class per stage artifact, which owns its producer's name,
 * its file names, what it is computed from, and the checks of who reads it. Start with {@link
 * dev.propensity.artifacts.RawTable}, the first in the order of the pipeline. Their runs in MLflow
 * are in {@code dev.propensity.artifacts.mlflow}.
 *
 * <p>Tasks depend on this package and on no literal in it. It may depend on {@code foundation},
 * {@code report}, {@code storage}, {@code dataset}, {@code model} and {@code tracking}; no library
 * depends on it.
 */
@NullMarked
package dev.propensity.artifacts;

import org.jspecify.annotations.NullMarked;
