/**
 * Endpoints as {@code deploy} and its like see them: wherever a model is served, the same requests
 * and steps.
 *
 * <p>Start with {@link dev.propensity.endpoint.Endpoint}. The project's own server is in {@code
 * server}, Amazon SageMaker in {@code sagemaker}; {@code option} chooses. Independent of datasets
 * and models: rows are text.
 */
@NullMarked
package dev.propensity.endpoint;

import org.jspecify.annotations.NullMarked;
