package dev.propensity.tasks.serve.rows;

import dev.propensity.tasks.serve.capture.CapturedRequest;
import dev.propensity.tasks.serve.metrics.PredictionStats;
import dev.propensity.tasks.serve.model.ServedModel;

/**
 * How the rows of a request are scored, and what takes note of them.
 *
 * @param served the model
 * @param numbered whether rows are identified by their number though they have an identifier
 */
record RequestRows(
    ServedModel served,
    boolean numbered,
    Bounds bounds,
    PredictionStats.RequestCounts counts,
    CapturedRequest captured) {
  /** How many rows there may be. */
  int limit() {
    return bounds.rowsOf(served.model().encoder().features().size());
  }
}
