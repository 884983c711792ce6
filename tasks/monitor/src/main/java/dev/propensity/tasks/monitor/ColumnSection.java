package dev.propensity.tasks.monitor;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.model.Baseline;
import dev.propensity.model.ColumnBaseline;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.drift.Reason;
import dev.propensity.report.HtmlPage;
import dev.propensity.report.HtmlPage.Cell;
import dev.propensity.report.SvgBars;
import dev.propensity.report.SvgFigure;
import dev.propensity.report.SvgFigures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How the columns and the scores of a window differ, as a table and as distributions. */
final class ColumnSection {
  /** So many columns are drawn, besides those that the verdict names. */
  static final int MOST_DRAWN = 20;

  private final Monitoring monitoring;
  private final Baseline baseline;
  private final BinLabels labels;
  private final List<Monitoring.Column> columns;

  ColumnSection(DatasetSpec spec, ComparedWindow window) {
    this.monitoring = window.monitoring();
    this.baseline = window.baseline();
    this.labels = new BinLabels(spec, baseline);
    this.columns = // sorted by effect already
        monitoring.columns().stream()
            .sorted(Comparator.comparing(column -> level(column.name())))
            .toList();
  }

  /** The table of all columns, and the distributions of the most changed ones. */
  void add(HtmlPage page) {
    if (columns.isEmpty()) {
      return;
    }
    page.heading("Columns");
    page.table(
        "Those of the verdict first, then by effect; in brackets: the usual share",
        List.of(
            "Column", "Kind", "Verdict", "Effect", "Vs. training", "Missing", "Unseen", "p (Holm)"),
        columns.stream().map(this::row).toList());
    List<SvgFigure> figures = new ArrayList<>();
    int drawn = 0;
    for (Monitoring.Column column : columns) {
      if (drawn < MOST_DRAWN || !level(column.name()).equals(PageText.NONE)) {
        figures.add(figure(column, "column-" + drawn++));
      }
    }
    if (drawn < columns.size()) {
      page.paragraph(
          "%d of %d columns are drawn: those of the verdict, and the largest effects."
              .formatted(drawn, columns.size()));
    }
    page.raw(new SvgFigures(figures, SvgBars.STYLE).html());
  }

  private List<Cell> row(Monitoring.Column column) {
    String level = level(column.name());
    return List.of(
        Cell.text(column.name()),
        Cell.text(column.kind()),
        level.equals("alarm") ? Cell.alert(level) : Cell.text(level),
        Cell.number(PageText.effect(column.effect())),
        Cell.number(PageText.effect(column.trainingEffect())),
        share(column.missing(), column.missingExpected()),
        labels.areRanges(column.name())
            ? Cell.number(PageText.NONE)
            : share(column.unseen(), column.unseenExpected()),
        Cell.number(PageText.pValue(column.holm())));
  }

  private static Cell share(double share, double expected) {
    return Cell.number(
        PageText.format("%s (%s)", PageText.percent(share), PageText.percent(expected)));
  }

  private String level(String subject) {
    return monitoring.reasons().stream()
        .filter(reason -> reason.subject().equals(subject))
        .map(Reason::level)
        .sorted()
        .findFirst()
        .map(level -> level == Reason.Level.ALARM ? "alarm" : "notice")
        .orElse(PageText.NONE);
  }

  private SvgFigure figure(Monitoring.Column column, String id) {
    ColumnBaseline trained = baseline.column(column.name());
    double missing = (double) trained.missing() / Math.max(1, baseline.rows());
    DistributionPlot plot =
        new DistributionPlot(column.name(), column, labels.of(column.name()), missing);
    return labels.areRanges(column.name()) ? plot.ofRanges(id) : plot.ofValues(id);
  }

  /**
   * The scores.
   *
   * @param mean score of the window
   */
  void addScores(HtmlPage page, double mean) {
    Monitoring.Column scores = monitoring.scores();
    if (scores == null) {
      return;
    }
    page.heading("Scores")
        .paragraph(
            PageText.format(
                "The mean score is %.4f; of the training rows, %s are positive. Effect %s, against"
                    + " the training rows %s. Bins hold equally many scores of rows that the model"
                    + " was not trained on.",
                mean,
                PageText.percent(baseline.labelRate()),
                PageText.effect(scores.effect()),
                PageText.effect(scores.trainingEffect())))
        .raw(
            new SvgFigures(
                    List.of(
                        new DistributionPlot("Scores", scores, labels.ofScores(), 0)
                            .ofRanges("scores")),
                    SvgBars.STYLE)
                .html());
  }
}
