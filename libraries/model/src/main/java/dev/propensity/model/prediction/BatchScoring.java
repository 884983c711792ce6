package dev.propensity.model.prediction;

import dev.propensity.dataset.rows.RowBatch;

/** Computes the scores of a batch's rows. Safe for many threads. */
@FunctionalInterface
public interface BatchScoring {

  /** The score of each row, in their order. */
  float[] scores(RowBatch batch);
}
