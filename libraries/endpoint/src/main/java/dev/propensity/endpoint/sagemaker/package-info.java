/**
 * Endpoints of Amazon SageMaker.
 *
 * <p>Start with {@link dev.propensity.endpoint.sagemaker.SageMakerEndpoint}. Depends on {@code
 * endpoint}.
 */
@NullMarked
package dev.propensity.endpoint.sagemaker;

import org.jspecify.annotations.NullMarked;
