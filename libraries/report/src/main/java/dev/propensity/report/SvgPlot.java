package dev.propensity.report;

import static dev.propensity.report.SvgShapes.circle;
import static dev.propensity.report.SvgShapes.line;
import static dev.propensity.report.SvgShapes.point;
import static dev.propensity.report.SvgShapes.text;

import java.util.List;
import java.util.Locale;

/**
 * A line plot: square axes from 0, a grid, a legend, and an accessible title and description.
 * Colors come from the page's style, so that it follows dark mode.
 */
public final class SvgPlot {
  /** The rules of every plot; {@link SvgFigures} adds those of the curves' classes. */
  static final String STYLE =
      """
      svg.plot { width: 100%; height: auto; font: 12px system-ui, sans-serif; }
      svg.plot text { fill: var(--quiet); }
      svg.plot line, svg.plot polyline { fill: none; stroke-width: 2; }
      svg.plot .grid { stroke: var(--line); stroke-width: 1; }
      svg.plot .chance { stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 4 4; }
      """;

  private static final int WIDTH = 460;
  private static final int HEIGHT = 380;
  private static final int LEFT = 52;
  private static final int RIGHT = 14;
  private static final int TOP = 12;
  private static final int BOTTOM = 78;

  private final String id;
  private final String title;
  private final String description;
  private final double highest;
  private final PlotLegend legend = new PlotLegend(LEFT, WIDTH, HEIGHT - 14);
  private final StringBuilder body = new StringBuilder();

  /**
   * @param id unique in the page
   * @param highest where both axes end
   */
  public SvgPlot(String id, String title, String description, double highest) {
    this.id = id;
    this.title = title;
    this.description = description;
    this.highest = highest;
  }

  /** Where axes end for values in [0, 1] up to this one: at the next tenth above it. */
  public static double axisEnd(double maximum) {
    return Math.min(1, (Math.floor(maximum * 10) + 1) / 10);
  }

  /** Draws the axes, with these names. */
  public SvgPlot axes(String x, String y) {
    long tenths = Math.round(highest * 10);
    long ticks = tenths < 3 || tenths == 10 ? 5 : tenths;
    for (int tick = 0; tick <= ticks; tick++) {
      double value = highest * tick / ticks;
      body.append(line("grid", x(value), y(0), x(value), y(highest)))
          .append(line("grid", x(0), y(value), x(highest), y(value)))
          .append(text("middle", x(value), y(0) + 18, number(value)))
          .append(text("end", x(0) - 8, y(value) + 4, number(value)));
    }
    body.append(text("middle", x(highest / 2), y(0) + 38, x));
    body.append("<text text-anchor=\"middle\" transform=\"translate(14 ")
        .append(point(y(highest / 2)))
        .append(") rotate(-90)\">")
        .append(HtmlPage.escape(y))
        .append("</text>\n");
    return this;
  }

  /** Draws a line through these points, of this CSS class, named in the legend. */
  public SvgPlot curve(String style, String name, List<Double> x, List<Double> y) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < x.size(); i++) {
      points.append(i == 0 ? "" : " ");
      points.append(point(x(x.get(i)))).append(',').append(point(y(y.get(i))));
    }
    body.append("<polyline class=\"").append(style).append("\" points=\"");
    body.append(points).append("\"/>\n");
    legend.line(style, name);
    return this;
  }

  /** Draws a dot at each of these points. */
  public SvgPlot dots(String style, List<Double> x, List<Double> y) {
    for (int i = 0; i < x.size(); i++) {
      body.append(circle(style, x(x.get(i)), y(y.get(i)), 3.5));
    }
    return this;
  }

  /** Draws a vertical bar at each x, cut where the axis ends. */
  public SvgPlot bars(String style, List<Double> x, List<Double> low, List<Double> high) {
    for (int i = 0; i < x.size(); i++) {
      double at = x(x.get(i));
      double top = y(Math.min(highest, high.get(i)));
      body.append(line(style, at, y(Math.min(highest, low.get(i))), at, top));
    }
    return this;
  }

  private double x(double value) {
    return LEFT + (WIDTH - LEFT - RIGHT) * value / highest;
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / highest;
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.endsWith("0") ? text.substring(0, text.length() - 1) : text;
  }

  /** The figure as drawn so far. */
  public SvgFigure figure() {
    return SvgFigure.plot(
        id, title, description, WIDTH, HEIGHT + legend.height(), body.toString() + legend);
  }
}
