/**
 * The stage artifacts in MLflow: one class per kind of run, which logs parameters, metrics, tags
 * and files of an artifact, once. Start with {@link
 * dev.propensity.artifacts.mlflow.ModelMlflowRun}.
 *
 * <p>Depends on {@code dev.propensity.artifacts}, which does not depend on it.
 */
@NullMarked
package dev.propensity.artifacts.mlflow;

import org.jspecify.annotations.NullMarked;
