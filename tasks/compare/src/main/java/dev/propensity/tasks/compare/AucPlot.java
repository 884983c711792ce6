package dev.propensity.tasks.compare;

import dev.propensity.foundation.HtmlPage;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.Comparison.FoldResult;
import dev.propensity.model.comparison.Comparison.Result;
import java.util.List;
import java.util.Locale;

/**
 * The AUC of the candidates as inline SVG, a line each: a circle for each fold, a dot for their
 * mean, a line for the interval of the pooled rows.
 */
final class AucPlot {
  private static final int MOST = 12;
  private static final int WIDTH = 460;
  private static final int LEFT = 130;
  private static final int RIGHT = 20;
  private static final int TOP = 14;
  private static final int LINE = 26;
  private static final int TICKS = 4;

  private final List<Result> shown;
  private final double lowest;
  private final double highest;
  private final StringBuilder svg = new StringBuilder();

  AucPlot(Comparison comparison) {
    this.shown = comparison.candidates().stream().limit(MOST).toList();
    double low = 1;
    double high = 0;
    for (Result result : shown) {
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

  /** The figure with its caption. */
  String html() {
    int bottom = TOP + LINE * shown.size();
    for (int tick = 0; tick <= TICKS; tick++) {
      double value = lowest + (highest - lowest) * tick / TICKS;
      line("grid", x(value), TOP, x(value), bottom);
      text("middle", x(value), bottom + 18, String.format(Locale.ROOT, "%.3f", value));
    }
    text("middle", x((lowest + highest) / 2), bottom + 38, "AUC");
    for (int i = 0; i < shown.size(); i++) {
      draw(shown.get(i), TOP + LINE * i + LINE / 2.0);
    }
    String caption = "AUC: folds (circles), their mean (dot), pooled with its interval (line)";
    return "<figure><figcaption>"
        + caption
        + "</figcaption>\n<svg class=\"plot auc\" viewBox=\"0 0 "
        + WIDTH
        + " "
        + (bottom + 46)
        + "\" role=\"img\" aria-labelledby=\"auc-title\">\n<title id=\"auc-title\">"
        + caption
        + "; the numbers are in the tables</title>\n"
        + svg
        + "</svg></figure>";
  }

  private void draw(Result result, double y) {
    text("end", LEFT - 10, y + 4, result.name());
    line("interval", x(result.pooledAuc().low()), y, x(result.pooledAuc().high()), y);
    for (FoldResult fold : result.folds()) {
      circle("fold", fold.auc(), y, 4);
    }
    circle("mean", result.auc().mean(), y, 4);
  }

  private void circle(String style, double auc, double y, int radius) {
    svg.append("<circle class=\"").append(style).append("\" cx=\"").append(point(x(auc)));
    svg.append("\" cy=\"").append(point(y)).append("\" r=\"").append(radius).append("\"/>\n");
  }

  private void line(String style, double x1, double y1, double x2, double y2) {
    svg.append("<line class=\"").append(style).append("\" x1=\"").append(point(x1));
    svg.append("\" y1=\"").append(point(y1)).append("\" x2=\"").append(point(x2));
    svg.append("\" y2=\"").append(point(y2)).append("\"/>\n");
  }

  private void text(String anchor, double x, double y, String text) {
    svg.append("<text text-anchor=\"").append(anchor).append("\" x=\"").append(point(x));
    svg.append("\" y=\"").append(point(y)).append("\">").append(HtmlPage.escape(text));
    svg.append("</text>\n");
  }

  private double x(double value) {
    return LEFT + (WIDTH - LEFT - RIGHT) * (value - lowest) / (highest - lowest);
  }

  private static String point(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
