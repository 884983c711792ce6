package dev.propensity.tasks.serve.upload;

import dev.propensity.dataset.Dialect;
import dev.propensity.dataset.EncodedRows;
import dev.propensity.dataset.RowStream;
import dev.propensity.tasks.serve.http.Problem;
import dev.propensity.tasks.serve.metrics.Tally;
import dev.propensity.tasks.serve.model.ServedModel;
import dev.propensity.tasks.serve.rows.BoundedBody;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Scores a file block by block: while other threads score, the next rows are read. Blocks are
 * written in the file's order.
 */
final class FileScoring {
  private static final int ROWS = 256;
  private static final int BLOCKS = 6;

  private record Block(EncodedRows rows, CompletableFuture<float[]> scores) {}

  private final ServedModel served;
  private final int mostRows;
  private final RowBudget.Share budget;
  private final Executor scorers;
  private final Predictions predictions;
  private final Tally.Request counts;
  private final Deque<Block> waiting = new ArrayDeque<>();
  private final Deque<EncodedRows> free = new ArrayDeque<>();

  /**
   * @param mostRows of the file
   * @param scorers where blocks are scored, for files of more than one
   */
  FileScoring(
      ServedModel served,
      int mostRows,
      RowBudget.Share budget,
      Executor scorers,
      Predictions predictions,
      Tally.Request counts) {
    this.served = served;
    this.mostRows = mostRows;
    this.budget = budget;
    this.scorers = scorers;
    this.predictions = predictions;
    this.counts = counts;
  }

  /**
   * What a file was.
   *
   * @param rows how many it had
   * @param unseen by column, how many cells held a category that training never saw; often empty
   */
  record Scored(long rows, Dialect dialect, String unseen) {}

  /**
   * Reads the file to its end and scores it.
   *
   * @param where its name, for errors
   * @throws Problem where it breaks a rule; all its mistakes are counted first
   */
  Scored score(InputStream csv, String where, boolean numbered) {
    RowStream stream = new RowStream(served.model().encoder(), csv, where, numbered);
    if (stream.errors().count() > 0) {
      throw new Problem(where + ", line 1: columns are missing or doubled", stream.errors());
    }
    EncodedRows rows = next();
    while (stream.read(rows)) {
      if (stream.rows() > mostRows) {
        throw BoundedBody.tooManyRows(mostRows);
      }
      budget.cover(stream.rows());
      if (stream.errors().count() == 0) {
        add(rows);
        rows = next();
      }
    }
    if (stream.errors().count() > 0) {
      throw new Problem(mistakes(where, stream), stream.errors());
    }
    if (stream.rows() == 0) {
      throw new Problem(422, where + " has a header and no rows");
    }
    while (!waiting.isEmpty()) {
      finish();
    }
    counts.commit();
    return new Scored(stream.rows(), stream.dialect(), counts.unseen());
  }

  private static String mistakes(String where, RowStream stream) {
    long count = stream.errors().count();
    String noun = count == 1 ? "mistake" : "mistakes";
    return String.format(Locale.ROOT, "%s: %,d %s in %,d rows", where, count, noun, stream.rows());
  }

  private EncodedRows next() {
    if (waiting.size() == BLOCKS) {
      finish();
    }
    EncodedRows used = free.poll();
    return used != null ? used : new EncodedRows(served.model().encoder().features().size(), ROWS);
  }

  private void add(EncodedRows rows) {
    boolean small = waiting.isEmpty() && rows.rows() < ROWS;
    waiting.add(
        new Block(
            rows,
            small
                ? CompletableFuture.completedFuture(scores(rows))
                : CompletableFuture.supplyAsync(() -> scores(rows), scorers)));
  }

  private float[] scores(EncodedRows rows) {
    return served.model().scorer().scores(rows.exactValues(), rows.rows());
  }

  private void finish() {
    Block block = waiting.remove();
    float[] scores = block.scores().join();
    counts.cells(block.rows().values(), block.rows().rows());
    counts.scores(scores, scores.length);
    predictions.add(block.rows(), scores);
    free.add(block.rows());
  }
}
