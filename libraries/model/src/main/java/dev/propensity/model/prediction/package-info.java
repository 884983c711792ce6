/**
 * Scoring whole tables into files, chunk by chunk on all cores.
 *
 * <p>Start with {@link dev.propensity.model.prediction.BatchPrediction}.
 */
package dev.propensity.model.prediction;
