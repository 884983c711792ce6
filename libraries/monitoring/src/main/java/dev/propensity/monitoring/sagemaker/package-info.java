/**
 * What Amazon SageMaker's data capture stores, requests and responses as they are, as segments.
 *
 * <p>Start with {@link dev.propensity.monitoring.sagemaker.EventSegments}. Depends on {@code
 * capture}.
 */
@NullMarked
package dev.propensity.monitoring.sagemaker;

import org.jspecify.annotations.NullMarked;
