package dev.propensity.tasks.serve.rows;

import dev.propensity.dataset.Encoder;
import dev.propensity.dataset.FeatureTable;
import dev.propensity.foundation.UserException;
import dev.propensity.tasks.serve.http.Problem;
import dev.propensity.tasks.serve.metrics.Tally;
import dev.propensity.tasks.serve.model.ServedModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;

/** Scores the rows of a CSV with a header. */
final class CsvRows {
  private CsvRows() {}

  /**
   * @throws Problem for a body that is no such CSV, breaks the columns' rules or the bounds
   */
  static Scores score(ServedModel served, InputStream body, Bounds bounds, Tally.Request counts)
      throws IOException {
    Encoder encoder = served.model().encoder();
    int features = encoder.features().size();
    FeatureTable table;
    try {
      table =
          encoder.encode(
              new BoundedBody(body, bounds.bytes(), bounds.rowsOf(features)), "the body");
    } catch (UserException | UncheckedIOException e) {
      throw refused(e);
    }
    if (table.rows() == 0) {
      throw new Problem(422, "the body has a header and no rows");
    }
    counts.cells(table.values(), table.rows());
    float[] scores = served.model().scorer().scores(table.values(), table.rows());
    return Scores.of(table.identifiers(), scores);
  }

  // The reader wraps what the body's stream threw: a body that is too long, or broke off.
  private static Problem refused(RuntimeException e) throws IOException {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof Problem problem) {
        return problem;
      }
      if (cause instanceof IOException broken && !(cause instanceof CharacterCodingException)) {
        throw broken;
      }
    }
    return new Problem(422, e.getMessage());
  }
}
