package dev.propensity.model.prediction;

import dev.propensity.dataset.RowBlock;

/** What makes scores of a block's rows. Safe for many threads. */
@FunctionalInterface
public interface Scoring {

  /** The score of each row, in their order. */
  float[] scores(RowBlock block);
}
