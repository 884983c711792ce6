package dev.propensity.tasks.serve.upload;

import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.tasks.serve.capture.CapturedRequest;
import dev.propensity.tasks.serve.http.Problem;
import dev.propensity.tasks.serve.metrics.PredictionStats;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.monitoring.TrainingComparison;
import dev.propensity.tasks.serve.rows.BoundedBody;
import dev.propensity.tasks.serve.rows.ReadingReport;
import dev.propensity.tasks.serve.rows.RequestTable;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Scores a file in batches: other threads decode and score while the next rows are read. Batches
 * are written in the file's order.
 */
final class FileScoring {
  private static final int BATCHES = 6;

  private record PendingBatch(RowBatch batch, CompletableFuture<float[]> scores) {}

  private final ServedModel served;
  private final int maxRows;
  private final RowBudget.Share budget;
  private final Executor scorers;
  private final Predictions predictions;
  private final PredictionStats.RequestCounts counts;
  private final CapturedRequest captured;
  private final @Nullable TrainingComparison comparison;
  private final Deque<PendingBatch> waiting = new ArrayDeque<>();

  /**
   * @param maxRows of the file
   * @param scorers the threads that decode and score batches, for files of more than one
   * @param comparison counts the rows; null if the file is not compared
   */
  FileScoring(
      ServedModel served,
      int maxRows,
      RowBudget.Share budget,
      Executor scorers,
      Predictions predictions,
      PredictionStats.RequestCounts counts,
      CapturedRequest captured,
      @Nullable TrainingComparison comparison) {
    this.served = served;
    this.maxRows = maxRows;
    this.budget = budget;
    this.scorers = scorers;
    this.predictions = predictions;
    this.counts = counts;
    this.captured = captured;
    this.comparison = comparison;
  }

  /**
   * A scored file.
   *
   * @param rows its number of rows
   */
  record Scored(long rows, ReadingReport report) {}

  /**
   * Reads the file to its end and scores it.
   *
   * @param where its name, for errors
   * @throws Problem if it violates a rule; all its errors are counted first
   */
  Scored score(InputStream csv, String where, boolean numbered) {
    RowSchema schema = numbered ? served.schema().numbered() : served.schema();
    RowReader rows =
        RequestTable.open(csv, where, schema, captured).decodingAhead(scorers, BATCHES / 2);
    for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
      if (rows.rows() > maxRows) {
        throw BoundedBody.tooManyRows(maxRows);
      }
      budget.cover(rows.rows());
      if (rows.diagnostics().rows() == 0) {
        add(rows, batch);
      }
    }
    captured.reject(rows.diagnostics());
    ReadingReport report = ReadingReport.of(rows);
    while (!waiting.isEmpty()) {
      finish(rows);
    }
    counts.commit(rows.unseen().counts());
    return new Scored(rows.rows(), report);
  }

  private void add(RowReader rows, RowBatch batch) {
    if (waiting.size() == BATCHES) {
      finish(rows);
    }
    waiting.add(
        new PendingBatch(batch, CompletableFuture.supplyAsync(() -> scores(batch), scorers)));
  }

  private float[] scores(RowBatch batch) {
    float[] scores = served.model().scorer().scores(batch.values(), batch.rows());
    if (comparison != null) {
      comparison.add(batch.values(), scores);
    }
    return scores;
  }

  private void finish(RowReader rows) {
    PendingBatch oldest = waiting.remove();
    float[] scores = oldest.scores().join();
    counts.missing(oldest.batch().values(), oldest.batch().rows());
    counts.scores(scores, scores.length);
    predictions.add(oldest.batch(), scores);
    captured.add(rows, oldest.batch(), scores);
  }
}
