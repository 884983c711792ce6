package dev.propensity.benchmarks;

import dev.propensity.model.metric.Calibration;
import dev.propensity.model.metric.Calibration.Bin;
import dev.propensity.model.metric.Curve;
import dev.propensity.model.metric.Interval;
import dev.propensity.model.metric.Ranking;
import dev.propensity.model.metric.ScoredRows;
import dev.propensity.report.SvgFigures;
import dev.propensity.report.SvgPlot;
import java.util.List;

/** Scores before and after calibration next to the shares of positives, as a plot. */
final class CalibrationFigure {
  private static final String STYLE =
      """
      :root { --second: #b35900; }
      @media (prefers-color-scheme: dark) { :root { --second: #f0883e; } }
      svg.plot .after { stroke: var(--mark); } svg.plot circle.after { fill: var(--mark); }
      svg.plot line.interval { stroke: var(--mark); stroke-width: 1.2; }
      svg.plot .before { stroke: var(--second); } svg.plot circle.before { fill: var(--second); }
      """;

  private CalibrationFigure() {}

  /** The SVG document. */
  static String svg(String learner, ScoredRows before, ScoredRows after) {
    List<Bin> bins = Calibration.bins(Ranking.of(after));
    Curve calibrated = Curve.calibration(bins);
    Curve raw = Curve.calibration(Calibration.bins(Ranking.of(before)));
    List<Interval> intervals = bins.stream().map(Bin::interval).toList();
    double top = intervals.stream().mapToDouble(Interval::high).max().orElseThrow();
    double highest = SvgPlot.axisEnd(Math.max(top, Math.max(calibrated.maximum(), raw.maximum())));
    List<Double> ends = List.of(0.0, highest);
    SvgPlot plot =
        new SvgPlot(
                "calibration",
                "Calibration of " + learner + " by decile",
                "Mean scores and shares of positives of rows that the model was not trained on.",
                highest)
            .axes("Mean score", "Share of positives")
            .curve("chance", "Perfect", ends, ends)
            .curve("before", "Before calibration", raw.x(), raw.y())
            .dots("before", raw.x(), raw.y())
            .curve("after", "After calibration", calibrated.x(), calibrated.y())
            .bars(
                "interval",
                calibrated.x(),
                intervals.stream().map(Interval::low).toList(),
                intervals.stream().map(Interval::high).toList())
            .dots("after", calibrated.x(), calibrated.y());
    return new SvgFigures(List.of(plot.figure()), STYLE).svg().get(0);
  }
}
