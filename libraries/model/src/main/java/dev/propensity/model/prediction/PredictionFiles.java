package dev.propensity.model.prediction;

import dev.propensity.dataset.features.ArrowWriter;
import dev.propensity.dataset.rows.RowReader;
import dev.propensity.dataset.specification.DatasetSpec.Submission;
import dev.propensity.model.metric.ProfitForecast;
import dev.propensity.model.prediction.PredictionReport.Forecast;
import dev.propensity.table.CsvWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of predictions, to which blocks are added in their order. */
final class PredictionFiles implements AutoCloseable {
  static final String ARROW = "predictions.arrow";

  private static final int SCORE_BINS = 20;

  private final CsvWriter predictions;
  private final @Nullable ArrowWriter arrow;
  private final @Nullable PredictionRows contacts; // in its place, with reasons
  private final @Nullable CsvWriter submission;
  private final Optional<ProfitForecast> forecast;
  private final long[] bins = new long[SCORE_BINS];
  private long rows;
  private long positive;
  private double sum;
  private long contacted;
  private final long[] reasons = new long[Selection.values().length];

  PredictionFiles(
      Path folder,
      String identifier,
      Optional<Submission> submission,
      Optional<ProfitForecast> forecast,
      boolean hasReasons) {
    this.forecast = forecast;
    Path csv = folder.resolve("predictions.csv");
    Path file = folder.resolve(ARROW);
    this.predictions =
        hasReasons
            ? create(csv, identifier, "score", "label", "contact", "reason")
            : create(csv, identifier, "score", "label");
    this.arrow = hasReasons ? null : new ArrowWriter(file, List.of(identifier, "label", "score"));
    this.contacts = hasReasons ? new PredictionRows(file, identifier) : null;
    this.submission =
        submission.isEmpty()
            ? null
            : create(
                folder.resolve("submission.csv"),
                submission.get().identifier(),
                submission.get().prediction());
  }

  private static CsvWriter create(Path file, String... header) {
    CsvWriter out = new CsvWriter(file);
    out.record(List.of(header));
    return out;
  }

  void add(ScoredBlock block) {
    block.writePredictions(predictions);
    if (contacts != null) {
      block.writeTo(contacts);
    } else if (arrow != null) {
      block.writeTo(arrow);
    }
    if (submission != null) {
      block.writeSubmission(submission);
    }
    for (int row = 0; row < block.rows(); row++) {
      float score = block.score(row);
      bins[Math.min(SCORE_BINS - 1, (int) (score * SCORE_BINS))]++;
      positive += block.label(row);
      sum += score;
      reasons[block.reason(row).ordinal()]++;
      if (contacts == null) {
        forecast.ifPresent(added -> added.add(score));
      } else if (block.contact(row) == 1) {
        contacted++;
        forecast.ifPresent(added -> added.addContact(score));
      }
    }
    rows += block.rows();
  }

  /** The report, after the whole table is read. */
  PredictionReport report(int models, RowReader table, double threshold, String currency) {
    return new PredictionReport(
        PredictionReport.SCHEMA,
        models,
        table.rows(),
        rows,
        table.diagnostics().counts(),
        table.dialect().text(),
        table.isNumbered(),
        table.duplicates(),
        table.unseen().counts(),
        table.unseen().doubtful(),
        table.unseen().lookAlikes(),
        positive,
        contacts == null
            ? null
            : new PredictionReport.Contacts(
                contacted,
                reasons[Selection.EXPLORE.ordinal()],
                reasons[Selection.CONTROL.ordinal()]),
        threshold,
        rows == 0 ? 0 : sum / rows,
        table.unseen().doubtful().isEmpty() ? forecast(currency) : null,
        bins);
  }

  private @Nullable Forecast forecast(String currency) {
    return forecast.map(of -> new Forecast(of.positives(), of.profit(), currency)).orElse(null);
  }

  @Override
  public void close() {
    try (predictions;
        submission;
        contacts) {
      if (arrow != null) {
        arrow.close();
      }
    }
  }
}
