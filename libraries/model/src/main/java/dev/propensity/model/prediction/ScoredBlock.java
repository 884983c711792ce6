package dev.propensity.model.prediction;

import dev.propensity.dataset.ArrowWriter;
import dev.propensity.dataset.DatasetSpec.Label;
import dev.propensity.dataset.DatasetSpec.Submission;
import dev.propensity.dataset.RowBlock;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** A block of rows with their scores, as text already. */
final class ScoredBlock {
  private static final int ROW_BYTES = 40;
  private static final String[] DIGITS = {"0", "1"};

  private final RowBlock block;
  private final float[] scores;
  private final byte[] labels;
  private final CsvBytes predictions;
  private final CsvBytes submission;

  private ScoredBlock(RowBlock block, float[] scores, double threshold) {
    this.block = block;
    this.scores = scores;
    this.labels = new byte[scores.length];
    for (int row = 0; row < scores.length; row++) {
      labels[row] = (byte) (scores[row] >= threshold ? 1 : 0);
    }
    this.predictions = new CsvBytes(ROW_BYTES * scores.length);
    this.submission = new CsvBytes(ROW_BYTES * scores.length);
  }

  /** Scores a block and writes its rows in memory. */
  static ScoredBlock of(
      RowBlock block,
      float[] scores,
      double threshold,
      Label words,
      Optional<Submission> submission) {
    ScoredBlock scored = new ScoredBlock(block, scores, threshold);
    boolean labelled =
        submission.filter(file -> file.value() == Submission.Value.LABEL).isPresent();
    for (int row = 0; row < scored.rows(); row++) {
      String score = Float.toString(scored.scores[row]);
      scored.identifier(scored.predictions, row).cell(score).cell(DIGITS[scored.labels[row]]).end();
      if (submission.isPresent()) {
        String word = scored.labels[row] == 1 ? words.positive() : words.negative();
        scored.identifier(scored.submission, row).cell(labelled ? word : score).end();
      }
    }
    return scored;
  }

  private CsvBytes identifier(CsvBytes out, int row) {
    return out.cell(
        block.identifiers(), block.identifierStart(row), block.identifierStart(row + 1));
  }

  int rows() {
    return scores.length;
  }

  float score(int row) {
    return scores[row];
  }

  byte label(int row) {
    return labels[row];
  }

  void writePredictions(OutputStream out) throws IOException {
    predictions.writeTo(out);
  }

  void writeSubmission(OutputStream out) throws IOException {
    submission.writeTo(out);
  }

  void writeTo(ArrowWriter arrow) {
    float[] score = new float[1];
    byte[] identifier = new byte[64];
    for (int row = 0; row < scores.length; row++) {
      int start = block.identifierStart(row);
      int length = block.identifierStart(row + 1) - start;
      if (identifier.length < length) {
        identifier = new byte[2 * length];
      }
      System.arraycopy(block.identifiers(), start, identifier, 0, length);
      score[0] = scores[row];
      arrow.add(identifier, length, labels[row], score);
    }
  }
}
