package dev.propensity.tasks.compare;

import dev.propensity.artifacts.mlflow.TrainingCost;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.Comparison.CandidateResult;
import dev.propensity.model.comparison.Comparison.Difference;
import dev.propensity.model.comparison.Comparison.FoldResult;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.model.metric.Interval;
import dev.propensity.report.HtmlPage;
import dev.propensity.report.HtmlPage.Cell;
import dev.propensity.report.SvgFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** The HTML report of a comparison: one self-contained page. */
final class ComparisonPage {
  private final String name;
  private final String title;
  private final Comparison comparison;
  private final OutOfFold scores;
  private final Map<String, TrainingCost> costs;

  /**
   * @param name the dataset's name with its origin
   * @param title the question that the dataset answers
   */
  ComparisonPage(String name, String title, Comparison comparison, OutOfFold scores) {
    this(name, title, comparison, scores, Map.of());
  }

  private ComparisonPage(
      String name,
      String title,
      Comparison comparison,
      OutOfFold scores,
      Map<String, TrainingCost> costs) {
    this.name = name;
    this.title = title;
    this.comparison = comparison;
    this.scores = scores;
    this.costs = costs;
  }

  /** The page with time and memory, for MLflow: they differ between runs. */
  ComparisonPage with(Map<String, TrainingCost> measured) {
    return new ComparisonPage(name, title, comparison, scores, measured);
  }

  String html() {
    SvgFigures figures = new ComparisonPlots(comparison, scores).figures();
    HtmlPage page = new HtmlPage("Comparison: " + name).style(figures.pageStyle()).paragraph(title);
    page.paragraph(
        format(
            "%,d rows in %d folds, %,d of them positive (%.2f%%); the test split is excluded."
                + " Each row is scored by models that were not trained on it. The best is %s, by %s.",
            comparison.rows(),
            comparison.folds(),
            comparison.positives(),
            100.0 * comparison.positives() / comparison.rows(),
            comparison.winner(),
            comparison.rank().title()));
    candidates(page);
    page.heading("Plots").raw(figures.html());
    differences(page);
    folds(page);
    costs(page);
    parameters(page);
    return page.html();
  }

  private void candidates(HtmlPage page) {
    List<List<Cell>> lines = new ArrayList<>();
    for (CandidateResult result : comparison.candidates()) {
      lines.add(
          List.of(
              Cell.text(result.name()),
              Cell.number(format("%.4f ± %.4f", result.auc().mean(), result.auc().deviation())),
              Cell.number(format("%.4f", result.logLoss())),
              Cell.number(format("%,.0f", result.profit())),
              Cell.number(format("%,d", result.rounds())),
              Cell.number(interval("%.4f", result.pooledAuc())),
              Cell.number(format("%.4f", result.brier())),
              Cell.number(format("%.4f", result.calibrationError())),
              Cell.number(interval("%+.4f", result.calibrationBias()))));
    }
    page.heading("Candidates")
        .table(
            "Best first. AUC by fold: mean ± standard deviation. All other columns: rows of all"
                + " folds pooled; the profit is that of contacting the rows from the break-even"
                + " threshold on. In brackets: 95% confidence intervals (AUC: DeLong).",
            List.of(
                "Candidate",
                "AUC by fold",
                "Log loss",
                profitTitle(),
                "Rounds",
                "AUC pooled",
                "Brier score",
                "Calibration error",
                "Mean score − base rate"),
            lines);
  }

  private String profitTitle() {
    return comparison.currency().isEmpty() ? "Profit" : "Profit (" + comparison.currency() + ")";
  }

  private void differences(HtmlPage page) {
    if (comparison.differences().isEmpty()) {
      return;
    }
    List<List<Cell>> lines = new ArrayList<>();
    for (Difference difference : comparison.differences()) {
      Interval auc = difference.auc();
      lines.add(
          List.of(
              Cell.text(difference.candidate() + " vs. " + difference.other()),
              Cell.number(interval("%+.4f", auc)),
              Cell.number(
                  format(
                      "%+.4f ± %.4f", difference.byFold().mean(), difference.byFold().deviation())),
              Cell.number(interval("%+.4f", difference.logLoss())),
              Cell.number(interval("%+,.0f", difference.profit()))));
    }
    page.heading("Differences")
        .table(
            "Differences on the same rows: the best candidate vs. each other one, and the best of"
                + " each learner in pairs. In brackets: 95% confidence intervals (AUC: DeLong; the"
                + " others: paired), which treat the models as fixed. Significant is a difference"
                + " whose interval does not include 0.",
            List.of("Pair", "AUC pooled", "AUC by fold", "Log loss", profitTitle()), lines);
  }

  private void folds(HtmlPage page) {
    List<String> header = new ArrayList<>(List.of("Candidate"));
    IntStream.rangeClosed(1, comparison.folds()).forEach(fold -> header.add("Fold " + fold));
    List<List<Cell>> lines = new ArrayList<>();
    for (CandidateResult result : comparison.candidates()) {
      List<Cell> line = new ArrayList<>(List.of(Cell.text(result.name())));
      for (FoldResult fold : result.folds()) {
        line.add(Cell.number(format("%.4f, %,d rounds", fold.auc(), fold.rounds())));
      }
      lines.add(line);
    }
    page.heading("Folds").table("AUC and number of rounds by fold", header, lines);
  }

  private void costs(HtmlPage page) {
    List<List<Cell>> lines = new ArrayList<>();
    for (CandidateResult result : comparison.candidates()) {
      TrainingCost cost = costs.getOrDefault(result.name(), TrainingCost.NONE);
      if (cost.runs() > 0) {
        lines.add(
            List.of(
                Cell.text(result.name()),
                Cell.number(format("%,.1f", cost.seconds())),
                Cell.number(format("%,.1f", cost.cpuSeconds())),
                Cell.number(format("%,.0f", cost.peakMebibytes())),
                Cell.number(String.valueOf(cost.runs()))));
      }
    }
    page.heading("Time and memory");
    if (lines.isEmpty()) {
      page.paragraph("See MLflow: time and memory differ between runs.");
      return;
    }
    page.table(
        "Training, as logged to MLflow: total seconds of all folds, peak memory of the largest"
            + " process",
        List.of("Candidate", "Seconds", "CPU seconds", "MiB", "Folds measured"),
        lines);
  }

  private void parameters(HtmlPage page) {
    List<List<Cell>> lines = new ArrayList<>();
    for (CandidateResult result : comparison.candidates()) {
      lines.add(
          List.of(
              Cell.text(result.name()),
              Cell.text(result.learner()),
              Cell.text(result.changed().isEmpty() ? "–" : result.changed().toString())));
    }
    page.heading("Parameters")
        .table(
            "Parameters of each candidate; all of them are in comparison.json",
            List.of("Candidate", "Learner", "Changed from the learner's defaults"),
            lines);
  }

  private static String interval(String format, Interval interval) {
    return format(
        format + " (" + format + " to " + format + ")",
        interval.value(),
        interval.low(),
        interval.high());
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
