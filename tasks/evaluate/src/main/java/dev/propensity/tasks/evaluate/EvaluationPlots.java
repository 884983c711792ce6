package dev.propensity.tasks.evaluate;

import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.model.evaluation.Evaluation.PlotData;
import dev.propensity.model.metric.Calibration.Bin;
import dev.propensity.model.metric.Curve;
import dev.propensity.report.SvgFigure;
import dev.propensity.report.SvgFigures;
import dev.propensity.report.SvgPlot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The report's four plots. */
final class EvaluationPlots {
  /** The plots' colors beside those of every page. */
  static final String COLORS =
      """
      :root { --good: #1a7f37; --bad: #b42318; --second: #b35900; }
      @media (prefers-color-scheme: dark) {
        :root { --good: #3fb950; --bad: #ff7b72; --second: #f0883e; } }
      """;

  /** What a page's style has to hold for them. */
  static final String STYLE =
      SvgPlot.STYLE
          + """
          svg.plot .candidate { stroke: var(--mark); } svg.plot circle.candidate { fill: var(--mark); }
          svg.plot .champion { stroke: var(--second); }
          """;

  private static final List<Double> DIAGONAL = List.of(0.0, 1.0);

  private final Evaluation evaluation;

  EvaluationPlots(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** All plots, side by side where there is room. */
  String html() {
    return figures().html();
  }

  /** Writes each plot as an SVG file. */
  void write(Path folder) throws IOException {
    figures().write(folder, COLORS + STYLE);
  }

  private SvgFigures figures() {
    return new SvgFigures(List.of(roc(), precisionRecall(), gain(), calibration()));
  }

  private SvgFigure roc() {
    SvgPlot plot =
        new SvgPlot("roc", "ROC curve", "The area under it is " + both("auc") + ".", 1)
            .axes("Share of negatives selected", "Share of positives selected")
            .curve("chance", "Random", DIAGONAL, DIAGONAL);
    return curves(plot, PlotData::roc).figure();
  }

  private SvgFigure precisionRecall() {
    double rate = evaluation.candidate().scalars().get("base_rate");
    SvgPlot plot =
        new SvgPlot(
                "precision-recall",
                "Precision and recall",
                "The average precision is " + both("average_precision") + ".",
                1)
            .axes("Recall", "Precision")
            .curve("chance", "Random", DIAGONAL, List.of(rate, rate));
    return curves(plot, PlotData::precisionRecall).figure();
  }

  private SvgFigure gain() {
    SvgPlot plot =
        new SvgPlot(
                "gain",
                "Gain",
                "The tenth with the highest scores holds a share of "
                    + both("gain_at_10")
                    + " of all positives.",
                1)
            .axes("Share of rows contacted", "Share of positives reached")
            .curve("chance", "Random", DIAGONAL, DIAGONAL);
    return curves(plot, PlotData::gain).figure();
  }

  private SvgFigure calibration() {
    double highest = highest(evaluation.candidate().plots().calibration());
    if (evaluation.champion() != null) {
      highest = Math.max(highest, highest(evaluation.champion().plots().calibration()));
    }
    List<Double> ends = List.of(0.0, highest);
    SvgPlot plot =
        new SvgPlot(
                "calibration",
                "Calibration, by tenths of the rows",
                "The expected calibration error is " + both("calibration_error") + ".",
                highest)
            .axes("Mean score", "Share of positives")
            .curve("chance", "Perfect", ends, ends);
    curves(plot, plots -> curve(plots.calibration()));
    Curve dots = curve(evaluation.candidate().plots().calibration());
    return plot.dots("candidate", dots.x(), dots.y()).figure();
  }

  private SvgPlot curves(SvgPlot plot, Function<PlotData, Curve> of) {
    if (evaluation.champion() != null) {
      Curve champion = of.apply(evaluation.champion().plots());
      plot.curve("champion", "Champion", champion.x(), champion.y());
    }
    Curve candidate = of.apply(evaluation.candidate().plots());
    return plot.curve("candidate", "Candidate", candidate.x(), candidate.y());
  }

  private String both(String metric) {
    String text = number(evaluation.candidate().scalars().get(metric)) + " for the candidate";
    return evaluation.champion() == null
        ? text
        : text + ", " + number(evaluation.champion().scalars().get(metric)) + " for the champion";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** The bins' points. */
  static Curve curve(List<Bin> bins) {
    return new Curve(bins.stream().map(Bin::score).toList(), bins.stream().map(Bin::rate).toList());
  }

  /** The next tenth above all points. */
  static double highest(List<Bin> bins) {
    double most =
        bins.stream().mapToDouble(bin -> Math.max(bin.score(), bin.rate())).max().orElse(1);
    return Math.min(1, (Math.floor(most * 10) + 1) / 10);
  }
}
