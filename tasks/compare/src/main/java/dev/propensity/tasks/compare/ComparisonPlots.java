package dev.propensity.tasks.compare;

import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.Comparison.CandidateResult;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.model.metric.Calibration;
import dev.propensity.model.metric.Curve;
import dev.propensity.model.metric.Ranking;
import dev.propensity.report.SvgFigure;
import dev.propensity.report.SvgFigures;
import dev.propensity.report.SvgPlot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The report's three plots: the AUC of all candidates, and two curves for the best of each learner.
 */
final class ComparisonPlots {
  private static final String STYLE =
      """
      :root { --first: #0b6bcb; --second: #b35900; --third: #1a7f37; --fourth: #8250df; }
      @media (prefers-color-scheme: dark) {
        :root { --first: #58a6ff; --second: #f0883e; --third: #3fb950; --fourth: #bc8cff; } }
      svg.plot .first { stroke: var(--first); } svg.plot .second { stroke: var(--second); }
      svg.plot .third { stroke: var(--third); } svg.plot .fourth { stroke: var(--fourth); }
      svg.plot .second { stroke-dasharray: 8 3; } svg.plot .third { stroke-dasharray: 3 3; }
      svg.plot .fourth { stroke-dasharray: 8 3 2 3; }
      svg.auc circle { fill: var(--mark); } svg.auc circle.fold { fill: none; stroke: var(--mark); }
      svg.auc .interval { stroke: var(--mark); }
      """;

  private static final List<String> STYLES = List.of("first", "second", "third", "fourth");
  private static final List<Double> DIAGONAL = List.of(0.0, 1.0);

  private final Comparison comparison;
  private final OutOfFold scores;
  private final List<CandidateResult> shown;

  ComparisonPlots(Comparison comparison, OutOfFold scores) {
    this.comparison = comparison;
    this.scores = scores;
    this.shown = shown(comparison);
  }

  /** The best of each learner, four at most. */
  static List<CandidateResult> shown(Comparison comparison) {
    Set<String> learners = new HashSet<>();
    List<CandidateResult> best = new ArrayList<>();
    for (CandidateResult result : comparison.candidates()) {
      if (learners.add(result.learner()) && best.size() < STYLES.size()) {
        best.add(result);
      }
    }
    return best;
  }

  SvgFigures figures() {
    return new SvgFigures(List.of(new AucPlot(comparison).figure(), roc(), calibration()), STYLE);
  }

  private SvgFigure roc() {
    SvgPlot plot =
        new SvgPlot("roc", "ROC curve, pooled", areas(), 1)
            .axes("Share of negatives selected", "Share of positives selected")
            .curve("chance", "Random", DIAGONAL, DIAGONAL);
    for (int i = 0; i < shown.size(); i++) {
      Curve curve = Curve.roc(ranking(shown.get(i)));
      plot.curve(STYLES.get(i), shown.get(i).name(), curve.x(), curve.y());
    }
    return plot.figure();
  }

  private String areas() {
    List<String> areas = new ArrayList<>();
    for (CandidateResult result : shown) {
      areas.add(
          String.format(Locale.ROOT, "%.4f for %s", result.pooledAuc().value(), result.name()));
    }
    return "Area under the curve: " + String.join(", ", areas) + ".";
  }

  private SvgFigure calibration() {
    List<Curve> curves = shown.stream().map(result -> calibration(scores, result)).toList();
    double highest =
        SvgPlot.axisEnd(curves.stream().mapToDouble(Curve::maximum).max().orElseThrow());
    List<Double> ends = List.of(0.0, highest);
    SvgPlot plot =
        new SvgPlot(
                "calibration",
                "Calibration by decile, pooled rows",
                "The mean score of each decile vs. its share of positives.",
                highest)
            .axes("Mean score", "Share of positives")
            .curve("chance", "Perfect", ends, ends);
    for (int i = 0; i < shown.size(); i++) {
      plot.curve(STYLES.get(i), shown.get(i).name(), curves.get(i).x(), curves.get(i).y());
    }
    return plot.figure();
  }

  private Ranking ranking(CandidateResult result) {
    return Ranking.of(scores.pooled(result.name()));
  }

  /** The bins' points. */
  static Curve calibration(OutOfFold scores, CandidateResult result) {
    return Curve.calibration(Calibration.bins(Ranking.of(scores.pooled(result.name()))));
  }
}
