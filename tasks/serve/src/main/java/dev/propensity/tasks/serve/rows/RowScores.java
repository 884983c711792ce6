package dev.propensity.tasks.serve.rows;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The scores of a request's rows, in order. */
final class RowScores {
  private String[] identifiers = new String[8];
  private float[] scores = new float[8];
  private @Nullable ReadingReport report;
  private int rows;

  /** Sets how the rows were read. */
  void report(ReadingReport rowsRead) {
    this.report = rowsRead;
  }

  /** How the rows were read. */
  ReadingReport report() {
    return Objects.requireNonNull(report, "the rows have been read");
  }

  void add(@Nullable String identifier, float score) {
    if (rows == scores.length) {
      identifiers = Arrays.copyOf(identifiers, rows * 2);
      scores = Arrays.copyOf(scores, rows * 2);
    }
    identifiers[rows] = identifier;
    scores[rows++] = score;
  }

  int rows() {
    return rows;
  }

  String identifier(int row) {
    return identifiers[row];
  }

  float score(int row) {
    return scores[row];
  }
}
