/**
 * Endpoints as {@code deploy} and its like see them: wherever a model is served, the same questions
 * and steps.
 *
 * <p>Start with {@link dev.propensity.endpoint.Endpoint}. The project's own server is here, Amazon
 * SageMaker in {@code sagemaker}. Knows no dataset and no model: rows are text.
 */
package dev.propensity.endpoint;
