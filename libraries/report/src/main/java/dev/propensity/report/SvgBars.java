package dev.propensity.report;

import static dev.propensity.report.SvgShapes.area;
import static dev.propensity.report.SvgShapes.line;
import static dev.propensity.report.SvgShapes.point;
import static dev.propensity.report.SvgShapes.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Shares by bin, drawn over each other: wide bars behind, narrow ones in front, and levels as
 * dashes. Colors come from the page's style, so that they follow dark mode.
 */
public final class SvgBars {
  /** Rules for the classes of bars, with their colors. */
  public static final String STYLE =
      """
      :root { --behind: #c3cad2; }
      @media (prefers-color-scheme: dark) { :root { --behind: #485059; } }
      svg.plot .behind { fill: var(--behind); } svg.plot .front { fill: var(--mark); }
      svg.plot line.level { stroke: var(--text); stroke-width: 1.5; stroke-dasharray: 3 2; }
      """;

  private static final int WIDTH = 460;
  private static final int HEIGHT = 250;
  private static final int LEFT = 48;
  private static final int RIGHT = 10;
  private static final int TOP = 10;
  private static final int BOTTOM = 88;
  private static final int LABEL_LENGTH = 12;

  private final String id;
  private final String title;
  private final String description;
  private final List<String> labels;
  private final boolean edges;
  private final PlotLegend legend = new PlotLegend(LEFT, WIDTH, HEIGHT - 8);
  private final List<Series> series = new ArrayList<>();

  private record Series(Shape shape, List<Double> shares) {}

  private enum Shape {
    BEHIND,
    FRONT,
    LEVEL
  }

  private SvgBars(String id, String title, String description, List<String> labels, boolean edges) {
    this.id = id;
    this.title = title;
    this.description = description;
    this.labels = List.copyOf(labels);
    this.edges = edges;
  }

  /**
   * Bars of values.
   *
   * @param id unique in the page
   * @param labels of the bars
   */
  public static SvgBars ofValues(String id, String title, String description, List<String> labels) {
    return new SvgBars(id, title, description, labels, false);
  }

  /**
   * Bars of a histogram.
   *
   * @param id unique in the page
   * @param labels of the bars, below where each begins; empty for the open first one
   */
  public static SvgBars ofBins(String id, String title, String description, List<String> labels) {
    return new SvgBars(id, title, description, labels, true);
  }

  /** Wide bars behind the others, one share for each label. */
  public SvgBars behind(String name, List<Double> shares) {
    legend.area("behind", name);
    return add(Shape.BEHIND, shares);
  }

  /** Narrow bars in front. */
  public SvgBars front(String name, List<Double> shares) {
    legend.area("front", name);
    return add(Shape.FRONT, shares);
  }

  /** A dash at each share. */
  public SvgBars levels(String name, List<Double> shares) {
    legend.line("level", name);
    return add(Shape.LEVEL, shares);
  }

  private SvgBars add(Shape shape, List<Double> shares) {
    if (shares.size() != labels.size()) {
      throw new IllegalArgumentException(shares.size() + " shares of " + labels.size() + " bars");
    }
    series.add(new Series(shape, List.copyOf(shares)));
    return this;
  }

  /** The figure as drawn so far. */
  public SvgFigure figure() {
    double highest =
        series.stream().flatMap(one -> one.shares().stream()).mapToDouble(x -> x).max().orElse(1);
    PlotAxis axis = PlotAxis.over(0, Math.max(highest, 0.01), 4);
    StringBuilder body = new StringBuilder();
    for (double tick : axis.ticks()) {
      body.append(line("grid", LEFT, y(axis, tick), WIDTH - RIGHT, y(axis, tick)))
          .append(text("end", LEFT - 6, y(axis, tick) + 4, axis.percent(tick)));
    }
    for (Series one : series) {
      for (int bar = 0; bar < labels.size(); bar++) {
        body.append(shape(one.shape(), bar, y(axis, one.shares().get(bar))));
      }
    }
    labels(body);
    return SvgFigure.plot(
        id, title, description, WIDTH, HEIGHT + legend.height(), body.toString() + legend);
  }

  private String shape(Shape shape, int bar, double y) {
    double width = x(1) - x(0);
    double bottom = HEIGHT - BOTTOM;
    return switch (shape) {
      case BEHIND -> area("behind", x(bar + 0.06), y, width * 0.88, bottom - y);
      case FRONT -> area("front", x(bar + 0.27), y, width * 0.46, bottom - y);
      case LEVEL -> line("level", x(bar + 0.06), y, x(bar + 0.94), y);
    };
  }

  private void labels(StringBuilder body) {
    for (int bar = 0; bar < labels.size(); bar++) {
      double x = x(bar + (edges ? 0 : 0.5));
      int y = HEIGHT - BOTTOM + 14;
      String label = shortened(labels.get(bar));
      if (label.isEmpty()) {
        continue;
      }
      body.append("<text text-anchor=\"end\" transform=\"translate(").append(point(x + 4));
      body.append(' ').append(y).append(") rotate(-40)\">");
      body.append(HtmlPage.escape(label)).append("</text>\n");
    }
  }

  private static String shortened(String label) {
    return label.codePointCount(0, label.length()) <= LABEL_LENGTH
        ? label
        : label.substring(0, label.offsetByCodePoints(0, LABEL_LENGTH - 1)) + "…";
  }

  private double x(double bar) {
    return LEFT + (WIDTH - LEFT - RIGHT) * bar / Math.max(1, labels.size());
  }

  private static double y(PlotAxis axis, double share) {
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * axis.place(share);
  }
}
