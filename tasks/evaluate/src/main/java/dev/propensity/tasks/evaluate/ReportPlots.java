package dev.propensity.tasks.evaluate;

import dev.propensity.foundation.SvgPlot;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.model.evaluation.Evaluation.Plots;
import dev.propensity.model.metric.Calibration.Bin;
import dev.propensity.model.metric.Curve;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The report's four plots. */
final class ReportPlots {
  private static final List<Double> DIAGONAL = List.of(0.0, 1.0);

  private final Evaluation evaluation;

  ReportPlots(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** All plots, side by side where there is room. */
  String html() {
    return "<div class=\"plots\">\n"
        + String.join("\n", roc(), precisionRecall(), gain(), calibration())
        + "\n</div>";
  }

  private String roc() {
    SvgPlot plot =
        new SvgPlot("roc", "ROC curve", "The area under it is " + both("auc") + ".", 1)
            .axes("Share of negatives selected", "Share of positives selected")
            .curve("chance", "Random", DIAGONAL, DIAGONAL);
    return curves(plot, Plots::roc).html();
  }

  private String precisionRecall() {
    double rate = evaluation.candidate().scalars().get("base_rate");
    SvgPlot plot =
        new SvgPlot(
                "precision-recall",
                "Precision and recall",
                "The average precision is " + both("average_precision") + ".",
                1)
            .axes("Recall", "Precision")
            .curve("chance", "Random", DIAGONAL, List.of(rate, rate));
    return curves(plot, Plots::precisionRecall).html();
  }

  private String gain() {
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
    return curves(plot, Plots::gain).html();
  }

  private String calibration() {
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
    return plot.dots("candidate", dots.x(), dots.y()).html();
  }

  private SvgPlot curves(SvgPlot plot, Function<Plots, Curve> of) {
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
