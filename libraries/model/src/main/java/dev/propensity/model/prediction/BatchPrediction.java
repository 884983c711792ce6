package dev.propensity.model.prediction;

import dev.propensity.dataset.rows.RowBatch;
import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.dataset.rows.result.UnseenCategories;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.DatasetSpec.Submission;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Progress;
import dev.propensity.model.Model;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Scores a table as a stream: one thread reads while others score earlier blocks. Output is in the
 * input's order; memory does not grow with the rows, except for the hashes of identifiers.
 */
public final class BatchPrediction {
  /** The rows that were quarantined, where there are any. */
  public static final String REJECTED = "rejected.csv";

  /**
   * The result of a prediction.
   *
   * @param unseen the cells whose category is not in the training data, for warnings
   * @param duplicates some duplicate identifiers, each with its lines
   */
  public record Predicted(
      PredictionReport report, UnseenCategories unseen, List<String> duplicates) {}

  private final Ensemble models;
  private final BatchScoring scoring;
  private final DatasetSpec spec;
  private final Optional<Submission> submission;
  private final Optional<ContactAssignment> contacts;
  private final int threads;
  private final Path folder;

  private BatchPrediction(
      Ensemble models, BatchScoring scoring, DatasetSpec spec, int threads, Path folder) {
    this.models = models;
    this.scoring = scoring;
    this.spec = spec;
    this.submission = Optional.ofNullable(spec.submission());
    this.contacts =
        spec.contact().isNone()
            ? Optional.empty()
            : Optional.of(new ContactAssignment(spec.contact(), spec.name()));
    this.threads = threads;
    this.folder = folder;
  }

  /**
   * Writes {@code predictions.csv}, {@code predictions.arrow}, {@code predictions.json}, {@code
   * submission.csv} where the specification names it, and {@code rejected.csv} where rows were
   * quarantined.
   *
   * @param csv the table; the caller closes it
   * @param where the table's name, for errors
   * @param models whose scores are averaged, each through its own encoder
   * @param spec for the rule about invalid rows and the submission's columns
   * @param number of scoring threads; does not change the output
   * @param folder an empty one
   * @throws dev.propensity.foundation.UserException where the table breaks the rules; the content
   *     of the folder is then incomplete
   */
  public static Predicted run(
      InputStream csv, String where, List<Model> models, DatasetSpec spec, int threads, Path folder)
      throws IOException {
    Ensemble ensemble = new Ensemble(models);
    return new BatchPrediction(ensemble, ensemble, spec, threads, folder).run(csv, where);
  }

  /**
   * The same with scores from another source.
   *
   * @param model whose encoder and threshold count
   * @param scoring computes scores, called from all threads
   */
  public static Predicted run(
      InputStream csv,
      String where,
      Model model,
      BatchScoring scoring,
      DatasetSpec spec,
      int threads,
      Path folder)
      throws IOException {
    Ensemble one = new Ensemble(List.of(model));
    return new BatchPrediction(one, scoring, spec, threads, folder).run(csv, where);
  }

  private ScoredBlock scored(RowBatch batch) {
    return ScoredBlock.of(
        batch, scoring.scores(batch), models.threshold(), label(), submission, contacts);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "scoring");
    thread.setDaemon(true);
    return thread;
  }

  private Predicted run(InputStream csv, String where) throws IOException {
    ExecutorService scorers = Executors.newFixedThreadPool(threads, BatchPrediction::daemon);
    RowReader rows =
        RowReader.open(csv, where, RowSchema.scoring(models.encoders()))
            .decodingAhead(scorers, threads + 1);
    try (RejectedRows rejected = new RejectedRows(folder.resolve(REJECTED));
        PredictionFiles files =
            new PredictionFiles(
                folder, identifier(), submission, models.forecast(), contacts.isPresent())) {
      if (quarantines()) {
        rows.reportingErrors(rejected::add);
      }
      Progress progress = Progress.of("rows read and scored");
      ScoringQueue queue = new ScoringQueue(scorers, 2 * threads, files);
      for (RowBatch next = rows.next(); next != null; next = rows.next()) {
        RowBatch batch = next;
        progress.add(batch.rows());
        queue.makeRoom();
        if (quarantines()
            || rows.diagnostics().rows() == 0) { // otherwise remaining rows are only counted
          queue.add(() -> scored(batch));
        }
      }
      queue.finish();
      rows.requireValidRows(spec.invalidRows().quarantineUpTo(), spec.invalidRows().advice());
      PredictionReport report =
          files.report(models.size(), rows, models.threshold(), models.offer().currency());
      Files.write(folder.resolve(PredictionReport.FILE), CanonicalJson.bytes(report));
      return new Predicted(report, rows.unseen(), rows.duplicateExamples());
    } finally {
      scorers.shutdownNow();
    }
  }

  private boolean quarantines() {
    return spec.invalidRows().quarantineUpTo() > 0;
  }

  private DatasetSpec.Label label() {
    return models.encoders().get(0).label();
  }

  private String identifier() {
    return models.encoders().get(0).identifier();
  }
}
