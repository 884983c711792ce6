package dev.propensity.tasks.evaluate;

import dev.propensity.dataset.specification.DatasetSpec.Offer;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.model.evaluation.Evaluation.Check;
import dev.propensity.model.evaluation.Evaluation.Decision;
import dev.propensity.model.evaluation.WithoutCopies;
import dev.propensity.model.metric.Confusion;
import dev.propensity.report.HtmlPage;
import dev.propensity.report.HtmlPage.Cell;
import dev.propensity.report.SvgFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** The HTML report of an evaluation: one self-contained page. */
final class EvaluationPage {
  private static final String STYLE =
      """
      :root { --good: #1a7f37; --bad: #b42318; }
      @media (prefers-color-scheme: dark) { :root { --good: #3fb950; --bad: #ff7b72; } }
      .verdict { border: 1px solid var(--line); border-left: .4rem solid var(--good);
        border-radius: .4rem; background: var(--card); padding: .75rem 1.25rem; }
      .verdict.challenger { border-left-color: var(--second); }
      .verdict strong { font-size: 1.2rem; }
      .verdict ul { list-style: none; margin: .5rem 0 0; padding: 0; }
      .verdict li { padding: .1rem 0 .1rem 1.6rem; text-indent: -1.6rem; }
      .verdict li span { display: inline-block; width: 1.6rem; text-indent: 0; font-weight: 700; }
      .yes { color: var(--good); } .no { color: var(--bad); }
      """;

  private final String name;
  private final String title;
  private final Offer offer;
  private final Evaluation evaluation;

  /**
   * @param name the dataset's name with its origin
   * @param title the question that the dataset answers
   */
  EvaluationPage(String name, String title, Offer offer, Evaluation evaluation) {
    this.name = name;
    this.title = title;
    this.offer = offer;
    this.evaluation = evaluation;
  }

  String html() {
    SvgFigures figures = new EvaluationPlots(evaluation).figures();
    HtmlPage page =
        new HtmlPage("Evaluation: " + name).style(STYLE + figures.pageStyle()).paragraph(title);
    page.raw(verdict());
    page.paragraph(
        format(
            "Evaluated on %,d test rows, %,d of them positive (%.2f%%).",
            evaluation.rows(),
            evaluation.positives(),
            100.0 * evaluation.positives() / evaluation.rows()));
    metrics(page);
    page.heading("Plots");
    if (evaluation.withoutCopies() != null) {
      page.paragraph("The plots and the sections below are of all test rows.");
    }
    page.raw(figures.html());
    confusion(page);
    GroupTables.add(page, evaluation.candidate().groups());
    return page.html();
  }

  private String verdict() {
    boolean release = evaluation.verdict().decision() == Decision.RELEASE;
    StringBuilder html = new StringBuilder("<div class=\"verdict ");
    html.append(release ? "release" : "challenger").append("\"><strong>The evaluation ");
    html.append(release ? "passed: fit for release" : "did not pass: not fit for release");
    html.append("</strong>\n<ul>\n");
    for (Check check : evaluation.verdict().checks()) {
      html.append(
          check.passed()
              ? "<li><span class=\"yes\" role=\"img\" aria-label=\"passed\">✓</span>"
              : "<li><span class=\"no\" role=\"img\" aria-label=\"failed\">✗</span>");
      html.append(HtmlPage.escape(check.text())).append("</li>\n");
    }
    html.append(
        "</ul>\n<p>Whether the model is released is decided after the evaluation: see the release");
    return html.append(" ledger.</p></div>").toString();
  }

  private void metrics(HtmlPage page) {
    page.heading("Metrics");
    WithoutCopies others = evaluation.withoutCopies();
    if (others != null) {
      page.paragraph(copies(others));
      ComparedMetrics compared = ComparedMetrics.of(others);
      if (compared != null) {
        metrics(
            page, compared, "Test rows that are not copies; in brackets: 95% confidence intervals");
      }
    }
    metrics(
        page,
        ComparedMetrics.of(evaluation),
        (others == null ? "In" : "All test rows; in")
            + " brackets: 95% confidence intervals (AUC and its difference: DeLong)");
  }

  private static String copies(WithoutCopies others) {
    if (others.coincidence()) {
      return format(
          "%,d of the test rows have the features of rows outside the test split; by their labels,"
              + " this is a coincidence. The release is decided on all test rows. The other %,d test"
              + " rows have %,d positive ones.",
          others.copies(), others.rows(), others.positives());
    }
    String copies =
        format(
            "%,d of the test rows are copies: rows outside the test split have the same features"
                + " and label under another identifier, so a model can memorize them. ",
            others.copies());
    return copies
        + (others.candidate() == null
            ? format(
                "The other %,d test rows, %,d of them positive, are too few to judge the model on.",
                others.rows(), others.positives())
            : format(
                "The release is decided on the other %,d test rows, %,d of them positive.",
                others.rows(), others.positives()));
  }

  private void metrics(HtmlPage page, ComparedMetrics compared, String caption) {
    List<MetricRow> rows = MetricRow.of(offer.currency());
    Table table = ReportTables.metrics(compared, rows.stream().map(MetricRow::scalar).toList());
    List<List<Cell>> lines = new ArrayList<>();
    for (Row row : table) {
      lines.add(rows.get(row.getRowNumber()).cells(row, compared));
    }
    page.table(caption, new ArrayList<>(table.columnNames()), lines);
  }

  private void confusion(HtmlPage page) {
    Confusion confusion = evaluation.candidate().confusion();
    double threshold = evaluation.candidate().scalar("threshold");
    double profit = evaluation.candidate().scalar("profit");
    page.heading("At the threshold")
        .table(
            format("Rows by label and by whether the score is at least %.4f", threshold),
            List.of("Label", "Selected", "Not selected"),
            List.of(
                List.of(
                    Cell.text("positive"),
                    count(confusion.truePositives()),
                    count(confusion.falseNegatives())),
                List.of(
                    Cell.text("negative"),
                    count(confusion.falsePositives()),
                    count(confusion.trueNegatives()))))
        .paragraph(
            format(
                "Contacting the %,d selected costs %s each and brings %s for each of the %,d who take"
                    + " the offer: a %s of %s.",
                confusion.selected(),
                money(amount(offer.cost())),
                money(amount(offer.gain())),
                confusion.truePositives(),
                profit < 0 ? "loss" : "profit",
                money(format("%,.0f", Math.abs(profit)))));
  }

  private static Cell count(int count) {
    return Cell.number(format("%,d", count));
  }

  private String money(String amount) {
    return offer.currency().isEmpty() ? amount : amount + " " + offer.currency();
  }

  private static String amount(double amount) {
    return amount == Math.rint(amount) ? format("%,.0f", amount) : format("%,.2f", amount);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
