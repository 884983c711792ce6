package dev.propensity.model.prediction;

import dev.propensity.dataset.features.ArrowWriter;
import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.dataset.specification.DatasetSpec.Label;
import dev.propensity.dataset.specification.DatasetSpec.Submission;
import dev.propensity.table.CsvWriter;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** A block of rows with their scores, as text already. */
final class ScoredBlock {
  private static final int ROW_BYTES = 40;
  private static final String[] DIGITS = {"0", "1"};

  private final RowBatch batch;
  private final float[] scores;
  private final byte[] labels;
  private final Selection @Nullable [] reasons; // null where the score alone decides
  private final CsvWriter predictions;
  private final CsvWriter submission;

  private ScoredBlock(
      RowBatch batch, float[] scores, double threshold, Optional<ContactAssignment> contacts) {
    this.batch = batch;
    this.scores = scores;
    this.labels = new byte[scores.length];
    for (int row = 0; row < scores.length; row++) {
      labels[row] = (byte) (scores[row] >= threshold ? 1 : 0);
    }
    this.reasons = contacts.map(this::reasons).orElse(null);
    this.predictions = new CsvWriter(ROW_BYTES * scores.length);
    this.submission = new CsvWriter(ROW_BYTES * scores.length);
  }

  /** Scores a block and writes its rows in memory. */
  static ScoredBlock of(
      RowBatch batch,
      float[] scores,
      double threshold,
      Label label,
      Optional<Submission> submission,
      Optional<ContactAssignment> contacts) {
    ScoredBlock scored = new ScoredBlock(batch, scores, threshold, contacts);
    boolean labeled = submission.filter(file -> file.value() == Submission.Value.LABEL).isPresent();
    for (int row = 0; row < scored.rows(); row++) {
      String score = Float.toString(scored.scores[row]);
      scored.identifier(scored.predictions, row).cell(score).cell(DIGITS[scored.labels[row]]);
      if (scored.reasons != null) {
        scored.predictions.cell(DIGITS[scored.contact(row)]).cell(scored.reasons[row].text());
      }
      scored.predictions.end();
      if (submission.isPresent()) {
        String word = scored.labels[row] == 1 ? label.positive() : label.negative();
        scored.identifier(scored.submission, row).cell(labeled ? word : score).end();
      }
    }
    return scored;
  }

  private Selection[] reasons(ContactAssignment contacts) {
    Mac mac = contacts.mac();
    Selection[] all = new Selection[scores.length];
    for (int row = 0; row < all.length; row++) {
      all[row] =
          contacts.of(
              mac, batch.identifiers(), batch.identifierStart(row), batch.identifierEnd(row));
    }
    return all;
  }

  private CsvWriter identifier(CsvWriter out, int row) {
    return out.cell(batch.identifiers(), batch.identifierStart(row), batch.identifierEnd(row));
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

  /** Why the row is contacted or not: by its score, unless the specification says otherwise. */
  Selection reason(int row) {
    return reasons == null ? Selection.SCORE : reasons[row];
  }

  /** 1 where the row is to be contacted, else 0. */
  byte contact(int row) {
    return switch (reason(row)) {
      case SCORE -> labels[row];
      case EXPLORE -> 1;
      case CONTROL -> 0;
    };
  }

  void writePredictions(CsvWriter out) {
    out.append(predictions);
  }

  void writeSubmission(CsvWriter out) {
    out.append(submission);
  }

  void writeTo(PredictionRows arrow) {
    for (int row = 0; row < scores.length; row++) {
      arrow.add(
          batch.identifiers(),
          batch.identifierStart(row),
          batch.identifierEnd(row),
          labels[row],
          scores[row],
          contact(row),
          reason(row));
    }
  }

  void writeTo(ArrowWriter arrow) {
    float[] score = new float[1];
    for (int row = 0; row < scores.length; row++) {
      int start = batch.identifierStart(row);
      score[0] = scores[row];
      arrow.add(batch.identifiers(), start, batch.identifierEnd(row) - start, labels[row], score);
    }
  }
}
