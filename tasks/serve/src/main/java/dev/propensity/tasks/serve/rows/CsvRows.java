package dev.propensity.tasks.serve.rows;

import dev.propensity.dataset.request.CsvType;
import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.dataset.rows.result.TableRejectedException;
import dev.propensity.foundation.UserException;
import dev.propensity.tasks.serve.http.Problem;
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
   * @throws Problem for a body that is not such a CSV, or violates the columns' rules or the bounds
   */
  static RowScores score(RequestRows request, InputStream body, CsvType type) throws IOException {
    RowSchema rows = request.served().schema();
    RowSchema schema = type.of(request.numbered() ? rows.numbered() : rows);
    try (InputStream csv = BoundedBody.decompressed(body, WHERE, request.bounds().bytes())) {
      return score(
          request,
          type.hasHeader()
              ? RequestTable.open(csv, WHERE, schema, request.captured())
              : RowReader.withoutHeader(csv, WHERE, schema));
    } catch (TableRejectedException e) {
      throw Problem.ofTable(e);
    } catch (UserException e) {
      throw new Problem(422, e.getMessage());
    } catch (UncheckedIOException e) {
      throw e.getCause(); // the body is incomplete
    }
  }

  private static RowScores score(RequestRows request, RowReader rows) {
    RowScores scores = new RowScores();
    for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
      if (rows.rows() > request.limit()) {
        throw BoundedBody.tooManyRows(request.limit());
      }
      if (rows.diagnostics().rows() == 0) {
        add(request, rows, batch, scores);
      }
    }
    request.captured().reject(rows.diagnostics());
    scores.report(ReadingReport.of(rows));
    return scores;
  }

  private static void add(RequestRows request, RowReader rows, RowBatch batch, RowScores scores) {
    request.counts().missing(batch.values(), batch.rows());
    float[] some = request.served().model().scorer().scores(batch.values(), batch.rows());
    for (int row = 0; row < some.length; row++) {
      scores.add(batch.identifier(row), some[row]);
    }
    request.captured().add(rows, batch, some);
  }
}
