package dev.propensity.tasks.compare;

import static dev.propensity.report.SvgShapes.circle;
import static dev.propensity.report.SvgShapes.line;
import static dev.propensity.report.SvgShapes.text;

import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.Comparison.CandidateResult;
import dev.propensity.model.comparison.Comparison.FoldResult;
import dev.propensity.report.SvgFigure;
import java.util.List;
import java.util.Locale;

/**
 * The AUC of the candidates as inline SVG, one line per candidate: a circle for each fold, a dot
 * for the mean, and a line for the confidence interval of the pooled rows.
 */
final class AucPlot {
  private static final int MAX_CANDIDATES = 12;
  private static final int WIDTH = 460;
  private static final int LEFT = 130;
  private static final int RIGHT = 20;
  private static final int TOP = 14;
  private static final int LINE = 26;
  private static final int TICKS = 4;
  private static final int RADIUS = 4;

  private final List<CandidateResult> shown;
  private final double lowest;
  private final double highest;
  private final StringBuilder svg = new StringBuilder();

  AucPlot(Comparison comparison) {
    this.shown = comparison.candidates().stream().limit(MAX_CANDIDATES).toList();
    double low = 1;
    double high = 0;
    for (CandidateResult result : shown) {
      low = Math.min(low, result.pooledAuc().low());
      high = Math.max(high, result.pooledAuc().high());
      for (FoldResult fold : result.folds()) {
        low = Math.min(low, fold.auc());
        high = Math.max(high, fold.auc());
      }
    }
    double margin = Math.max(high - low, 0.001) * 0.04;
    this.lowest = Math.max(0, low - margin);
    this.highest = Math.min(1, high + margin);
  }

  SvgFigure figure() {
    int bottom = TOP + LINE * shown.size();
    for (int tick = 0; tick <= TICKS; tick++) {
      double value = lowest + (highest - lowest) * tick / TICKS;
      String number = String.format(Locale.ROOT, "%.3f", value);
      svg.append(line("grid", x(value), TOP, x(value), bottom));
      svg.append(text("middle", x(value), bottom + 18, number));
    }
    svg.append(text("middle", x((lowest + highest) / 2), bottom + 38, "AUC"));
    for (int i = 0; i < shown.size(); i++) {
      draw(shown.get(i), TOP + LINE * i + LINE / 2.0);
    }
    String caption =
        "AUC: folds (circles), mean (dot), confidence interval of the pooled rows (line)";
    String title = "<title id=\"auc-title\">%s; the numbers are in the tables</title>\n";
    return new SvgFigure(
        "auc",
        caption,
        "plot auc",
        "auc-title",
        WIDTH,
        bottom + 46,
        title.formatted(caption) + svg);
  }

  private void draw(CandidateResult result, double y) {
    double low = x(result.pooledAuc().low());
    double high = x(result.pooledAuc().high());
    svg.append(text("end", LEFT - 10, y + 4, result.name()));
    svg.append(line("interval", low, y, high, y));
    for (FoldResult fold : result.folds()) {
      svg.append(circle("fold", x(fold.auc()), y, RADIUS));
    }
    svg.append(circle("mean", x(result.auc().mean()), y, RADIUS));
  }

  private double x(double value) {
    return LEFT + (WIDTH - LEFT - RIGHT) * (value - lowest) / (highest - lowest);
  }
}
