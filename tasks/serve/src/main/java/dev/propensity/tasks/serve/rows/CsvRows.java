package dev.propensity.tasks.serve.rows;

import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.dataset.rows.result.TableRejectedException;
import dev.propensity.foundation.UserException;
import dev.propensity.tasks.serve.http.Problem;
import dev.propensity.tasks.serve.metrics.PredictionStats;
import dev.propensity.tasks.serve.model.ServedModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Scores the rows of a CSV. */
final class CsvRows {
  private static final String WHERE = "the body";

  private CsvRows() {}

  /**
   * @param body that throws if it is too long
   * @param type the format of the body
   * @param numbered whether rows are identified by their number though they have an identifier
   * @throws Problem for a body that is not such a CSV, or violates the columns' rules or the bounds
   */
  static RowScores score(
      ServedModel served,
      InputStream body,
      CsvType type,
      boolean numbered,
      Bounds bounds,
      PredictionStats.RequestCounts counts)
      throws IOException {
    int most = bounds.rowsOf(served.model().encoder().features().size());
    RowSchema schema = type.of(numbered ? served.schema().numbered() : served.schema());
    try (InputStream csv = BoundedBody.decompressed(body, WHERE, bounds.bytes())) {
      RowReader rows =
          type.hasHeader()
              ? RowReader.open(csv, WHERE, schema)
              : RowReader.withoutHeader(csv, WHERE, schema);
      return score(served, rows, most, counts);
    } catch (TableRejectedException e) {
      throw Problem.ofTable(e);
    } catch (UserException e) {
      throw new Problem(422, e.getMessage());
    } catch (UncheckedIOException e) {
      throw e.getCause(); // the body is incomplete
    }
  }

  private static RowScores score(
      ServedModel served, RowReader rows, int most, PredictionStats.RequestCounts counts) {
    RowScores scores = new RowScores();
    for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
      if (rows.rows() > most) {
        throw BoundedBody.tooManyRows(most);
      }
      if (rows.diagnostics().rows() == 0) {
        add(served, batch, scores, counts);
      }
    }
    scores.report(ReadingReport.of(rows));
    return scores;
  }

  private static void add(
      ServedModel served, RowBatch batch, RowScores scores, PredictionStats.RequestCounts counts) {
    counts.missing(batch.values(), batch.rows());
    float[] some = served.model().scorer().scores(batch.values(), batch.rows());
    for (int row = 0; row < some.length; row++) {
      scores.add(batch.identifier(row), some[row]);
    }
  }
}
