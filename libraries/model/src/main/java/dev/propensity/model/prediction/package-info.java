/**
 * Scoring whole tables into files, chunk by chunk on all cores.
 *
 * <p>Start with {@link dev.propensity.model.prediction.BatchPrediction}.
 */
@NullMarked
package dev.propensity.model.prediction;

import org.jspecify.annotations.NullMarked;
