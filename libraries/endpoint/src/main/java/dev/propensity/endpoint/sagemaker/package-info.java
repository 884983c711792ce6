/**
 * Endpoints of Amazon SageMaker.
 *
 * <p>Start with {@link dev.propensity.endpoint.sagemaker.SageMakerEndpoint}. Depends on {@code
 * endpoint}, which finds it by the endpoint's kind alone.
 */
package dev.propensity.endpoint.sagemaker;
