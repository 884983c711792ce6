/**
 * Endpoints of Amazon SageMaker.
 *
 * <p>Start with {@link dev.propensity.endpoint.sagemaker.SageMakerEndpoint}. Depends on {@code
 * endpoint}.
 */
package dev.propensity.endpoint.sagemaker;
