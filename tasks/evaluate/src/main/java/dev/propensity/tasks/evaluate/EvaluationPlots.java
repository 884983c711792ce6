package dev.propensity.tasks.evaluate;

import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.model.evaluation.Evaluation.PlotData;
import dev.propensity.model.metric.Calibration.Bin;
import dev.propensity.model.metric.Curve;
import dev.propensity.model.metric.Interval;
import dev.propensity.report.SvgFigure;
import dev.propensity.report.SvgFigures;
import dev.propensity.report.SvgPlot;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The report's four plots. */
final class EvaluationPlots {
  private static final String STYLE =
      """
      :root { --second: #b35900; }
      @media (prefers-color-scheme: dark) { :root { --second: #f0883e; } }
      svg.plot .candidate { stroke: var(--mark); } svg.plot circle.candidate { fill: var(--mark); }
      svg.plot line.interval { stroke: var(--mark); stroke-width: 1.2; }
      svg.plot .champion { stroke: var(--second); }
      """;

  private static final List<Double> DIAGONAL = List.of(0.0, 1.0);

  private final Evaluation evaluation;

  EvaluationPlots(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  SvgFigures figures() {
    return new SvgFigures(List.of(roc(), precisionRecall(), gain(), calibration()), STYLE);
  }

  private SvgFigure roc() {
    SvgPlot plot =
        new SvgPlot("roc", "ROC curve", "Area under the curve: " + both("auc") + ".", 1)
            .axes("Share of negatives selected", "Share of positives selected")
            .curve("chance", "Random", DIAGONAL, DIAGONAL);
    return curves(plot, PlotData::roc).figure();
  }

  private SvgFigure precisionRecall() {
    double rate = evaluation.candidate().scalar("base_rate");
    SvgPlot plot =
        new SvgPlot(
                "precision-recall",
                "Precision and recall",
                "Average precision: " + both("average_precision") + ".",
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
                "Share of all positives in the top 10% by score: " + both("gain_at_10") + ".",
                1)
            .axes("Share of rows contacted", "Share of positives reached")
            .curve("chance", "Random", DIAGONAL, DIAGONAL);
    return curves(plot, PlotData::gain).figure();
  }

  private SvgFigure calibration() {
    Curve dots = Curve.calibration(evaluation.candidate().plots().calibration());
    List<Interval> intervals =
        evaluation.candidate().plots().calibration().stream().map(Bin::interval).toList();
    double top = intervals.stream().mapToDouble(Interval::high).max().orElse(0);
    double maximum = Math.max(top, dots.maximum());
    if (evaluation.champion() != null) {
      List<Bin> champion = evaluation.champion().plots().calibration();
      maximum = Math.max(maximum, Curve.calibration(champion).maximum());
    }
    double highest = SvgPlot.axisEnd(maximum);
    List<Double> ends = List.of(0.0, highest);
    SvgPlot plot =
        new SvgPlot(
                "calibration",
                "Calibration by decile",
                "Expected calibration error: "
                    + both("calibration_error")
                    + ". The bars are 95% intervals of the candidate's shares.",
                highest)
            .axes("Mean score", "Share of positives")
            .curve("chance", "Perfect", ends, ends);
    curves(plot, plots -> Curve.calibration(plots.calibration()));
    return plot.bars(
            "interval",
            dots.x(),
            intervals.stream().map(Interval::low).toList(),
            intervals.stream().map(Interval::high).toList())
        .dots("candidate", dots.x(), dots.y())
        .figure();
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
    String text = number(evaluation.candidate().scalar(metric)) + " for the candidate";
    return evaluation.champion() == null
        ? text
        : text + ", " + number(evaluation.champion().scalar(metric)) + " for the champion";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
