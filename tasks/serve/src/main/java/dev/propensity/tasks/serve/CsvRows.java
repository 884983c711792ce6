package dev.propensity.tasks.serve;

import dev.propensity.dataset.Encoder;
import dev.propensity.dataset.FeatureTable;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Scorer;
import java.io.InputStream;

/** Scores the rows of a CSV with a header. */
final class CsvRows {
  private CsvRows() {}

  /**
   * @throws Problem for a body that is no such CSV, breaks the columns' rules or the bounds
   */
  static Scores score(ServedModel served, InputStream body, Bounds bounds) {
    Encoder encoder = served.model().encoder();
    int features = encoder.features().size();
    FeatureTable table;
    try {
      table =
          encoder.encode(
              new BoundedBody(body, bounds.bytes(), bounds.rowsOf(features)), "the body");
    } catch (UserException e) {
      throw new Problem(422, e.getMessage());
    }
    if (table.rows() == 0) {
      throw new Problem(422, "the body has a header and no rows");
    }
    Scorer scorer = served.model().scorer();
    float[] scores = new float[table.rows()];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = scorer.score(table.values(), row * features);
    }
    return Scores.of(table.identifiers(), scores);
  }
}
