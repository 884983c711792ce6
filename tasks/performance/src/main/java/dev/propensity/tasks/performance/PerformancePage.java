package dev.propensity.tasks.performance;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.OutcomeRule;
import dev.propensity.model.metric.Interval;
import dev.propensity.monitoring.performance.Increment;
import dev.propensity.monitoring.performance.LiveProfit;
import dev.propensity.monitoring.performance.LiveVerdict;
import dev.propensity.monitoring.performance.OutcomeCounts;
import dev.propensity.monitoring.performance.Performance;
import dev.propensity.monitoring.performance.Quality;
import dev.propensity.report.HtmlPage;
import dev.propensity.report.HtmlPage.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The HTML report of a window's performance: one self-contained page, the verdict first. */
final class PerformancePage {
  private static final String CONTACTED = "Among contacted customers";
  private static final String ALL = "Among all customers";
  private static final String EXPLORED = "Among customers of offer.explore";
  private static final String PROFIT = "Profit of the contacted customers";
  private static final String BIASED =
      "Only contacted customers can respond. Those contacted for their score are alike in score, so"
          + " their AUC is far below that of all customers, and raises no alarm.";

  private final DatasetSpec spec;
  private final Performance performance;

  PerformancePage(DatasetSpec spec, Performance performance) {
    this.spec = spec;
    this.performance = performance;
  }

  String html() {
    HtmlPage page =
        new HtmlPage("Performance: %s, %s".formatted(performance.name(), performance.window()))
            .focusableTables()
            .paragraph(spec.title());
    if (performance.verdict() == LiveVerdict.WORSE) {
      page.alert("Verdict", performance.summary());
    } else {
      page.paragraph("Verdict: " + performance.summary() + ".");
    }
    performance.reasons().forEach(reason -> page.paragraph("Reason: " + reason + "."));
    performance.warnings().forEach(warning -> page.caution("Warning", warning + "."));
    page.paragraph(
        format(
            "%,d scores of the model %s in the window (UTC) are of %,d customers: the last score of"
                + " each counts. A positive outcome counts within %d days. Contacted: %s.",
            performance.scores(),
            performance.model().abbreviated(12),
            performance.rows(),
            performance.horizonDays(),
            contactedBy()));
    quality(page);
    profit(page);
    increment(page);
    outcomes(page);
    method(page);
    return page.html();
  }

  private String contactedBy() {
    return switch (performance.contactedBy()) {
      case OutcomeRule.ALL -> "all scored customers";
      case OutcomeRule.SELECTED -> "the selected customers";
      default -> "by the column " + performance.contactedBy() + " of the outcomes";
    };
  }

  private void quality(HtmlPage page) {
    page.heading("Scores and outcomes");
    Quality explore = performance.explore();
    if (performance.isUnbiased()) {
      quality(page, ALL, performance.contacted());
    } else {
      if (explore != null) {
        quality(page, EXPLORED, explore);
      }
      page.paragraph(BIASED);
      quality(page, CONTACTED, performance.contacted());
    }
  }

  private void quality(HtmlPage page, String caption, Quality quality) {
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(row("Customers", format("%,d", quality.rows()), ""));
    rows.add(row("Positive", format("%,d", quality.positives()), ""));
    rows.add(estimate("Positive rate", quality.rate(), "%.4f"));
    if (quality.tooFew()) {
      rows.add(row("Metrics", "too few", format("at least %d of each label", Quality.FEWEST)));
    } else {
      rows.add(estimate("AUC", quality.auc(), "%.4f"));
      rows.add(estimate("Mean score − positive rate", quality.bias(), "%+.4f"));
      rows.add(estimate("Calibration slope", quality.slope(), "%.3f"));
      rows.add(estimate("Lift of the top 10%", quality.lift(), "%.2f"));
      rows.add(estimate("Brier score", quality.brier(), "%.4f"));
      rows.add(estimate("Log loss", quality.logLoss(), "%.4f"));
    }
    if (!caption.equals(CONTACTED) && performance.testAuc() != null) {
      rows.add(estimate("AUC on the test split", performance.testAuc(), "%.4f"));
    }
    page.table(caption, List.of("Metric", "Value", "95% interval"), rows);
  }

  private void profit(HtmlPage page) {
    LiveProfit profit = performance.profit();
    if (profit == null) {
      return;
    }
    page.heading("Profit");
    page.paragraph(
        format(
            "%,d contacts. Earned − promised: %+.1f standard errors of the promise.",
            profit.contacts(), profit.standardErrors()));
    page.table(
        profit.currency().isEmpty() ? PROFIT : PROFIT + ", " + profit.currency(),
        List.of("Profit", "Value", "95% interval"),
        List.of(
            estimate("Promised by the scores", profit.promised(), "%,.0f"),
            estimate("Earned", profit.earned(), "%,.0f")));
  }

  private void increment(HtmlPage page) {
    Increment increment = performance.increment();
    if (increment == null) {
      return;
    }
    page.heading("What contacts add");
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(
        estimate(
            format("Positive rate of %,d contacted", increment.contacted()),
            increment.contactedRate(),
            "%.4f"));
    rows.add(
        estimate(
            format("Positive rate of %,d not contacted", increment.control()),
            increment.controlRate(),
            "%.4f"));
    if (increment.tooFew()) {
      rows.add(row("Difference", "too few", ""));
    } else {
      rows.add(estimate("Difference", increment.difference(), "%+.4f"));
      rows.add(estimate("Profit per contact", increment.profit(), "%+.2f"));
    }
    page.table(
        "Customers whose score reaches the threshold, against those of offer.control",
        List.of("Metric", "Value", "95% interval"),
        rows);
  }

  private void outcomes(HtmlPage page) {
    OutcomeCounts counts = performance.outcomes();
    page.heading("Outcomes");
    page.table(
        format("In %,d batches", counts.batches()),
        List.of("Outcomes", "Number"),
        List.of(
            count("Of customers of the window", counts.used()),
            count("Of them, without an answer yet", counts.unanswered()),
            count("Of them, received after the horizon", counts.late()),
            count("Of them, repeated", counts.repeated()),
            count("Of them, corrected: the last one counts", counts.corrected()),
            count("From before the score or after the horizon", counts.outside()),
            count("Of customers without a score in the window", counts.unknown())));
  }

  private static void method(HtmlPage page) {
    page.heading("How each number was computed");
    page.paragraph(
        "A contacted customer without a positive outcome within the horizon is negative. Intervals:"
            + " AUC by DeLong; shares by Wilson; differences of shares by Newcombe; the promised"
            + " profit by the chance of outcomes and the uncertainty of the calibration; others by"
            + " the variance of the rows. With fewer than 30 customers of a label there are no"
            + " metrics, with fewer than 100 no calibration slope. Only customers who were contacted"
            + " whatever their score can show that the model is worse.");
  }

  private static List<Cell> estimate(String name, @Nullable Interval interval, String form) {
    return interval == null
        ? row(name, "too few", "")
        : row(
            name,
            format(form, interval.value()),
            format(form + " to " + form, interval.low(), interval.high()));
  }

  private static List<Cell> row(String name, String value, String interval) {
    return List.of(Cell.text(name), Cell.number(value), Cell.number(interval));
  }

  private static List<Cell> count(String name, long count) {
    return List.of(Cell.text(name), Cell.number(format("%,d", count)));
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
