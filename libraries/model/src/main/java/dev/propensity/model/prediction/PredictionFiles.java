package dev.propensity.model.prediction;

import dev.propensity.dataset.ArrowWriter;
import dev.propensity.dataset.DatasetSpec.Submission;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The files of predictions, to which blocks are added in their order. */
final class PredictionFiles implements AutoCloseable {
  private static final int SCORE_BINS = 20;
  private static final int BUFFER = 1 << 16;

  private final OutputStream predictions;
  private final ArrowWriter arrow;
  private final OutputStream submission;
  private final long[] bins = new long[SCORE_BINS];
  private long rows;
  private long positive;
  private double sum;

  PredictionFiles(Path folder, String identifier, Optional<Submission> submission)
      throws IOException {
    this.predictions = create(folder.resolve("predictions.csv"), identifier, "score", "label");
    this.arrow =
        new ArrowWriter(folder.resolve("predictions.arrow"), List.of(identifier, "label", "score"));
    this.submission =
        submission.isEmpty()
            ? null
            : create(
                folder.resolve("submission.csv"),
                submission.get().identifier(),
                submission.get().prediction());
  }

  private static OutputStream create(Path file, String... header) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
    CsvBytes line = new CsvBytes(BUFFER);
    for (String name : header) {
      line.cell(name);
    }
    line.end();
    line.writeTo(out);
    return out;
  }

  void add(ScoredBlock block) throws IOException {
    block.writePredictions(predictions);
    block.writeTo(arrow);
    if (submission != null) {
      block.writeSubmission(submission);
    }
    for (int row = 0; row < block.rows(); row++) {
      float score = block.score(row);
      bins[Math.min(SCORE_BINS - 1, (int) (score * SCORE_BINS))]++;
      positive += block.label(row);
      sum += score;
    }
    rows += block.rows();
  }

  PredictionReport report(
      int models, long read, SortedMap<String, Long> refused, double threshold) {
    return new PredictionReport(
        PredictionReport.SCHEMA,
        models,
        read,
        rows,
        refused,
        positive,
        threshold,
        rows == 0 ? 0 : sum / rows,
        bins);
  }

  @Override
  public void close() throws IOException {
    try (predictions;
        submission) {
      arrow.close();
    }
  }
}
