package dev.propensity.report;

import static dev.propensity.report.SvgShapes.area;
import static dev.propensity.report.SvgShapes.circle;
import static dev.propensity.report.SvgShapes.line;
import static dev.propensity.report.SvgShapes.point;
import static dev.propensity.report.SvgShapes.text;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * A control chart: values as dots, their average as a line, and its limits around the center. What
 * is beyond a limit has another color and shape.
 */
public final class SvgControlChart {
  /** Rules for the classes of control charts. */
  public static final String STYLE =
      """
      svg.plot .value { fill: none; stroke: var(--quiet); stroke-width: 4.5; stroke-linecap: round; }
      svg.plot .reference { fill: var(--card); }
      svg.plot polyline.average, svg.plot line.average { stroke: var(--mark); }
      svg.plot .limit { stroke: var(--alert); stroke-width: 1.2; }
      svg.plot line.center { stroke: var(--quiet); stroke-width: 1; stroke-dasharray: 4 4; }
      svg.plot .beyond { fill: none; stroke: var(--alert); stroke-width: 2; }
      """;

  private static final int WIDTH = 460;
  private static final int HEIGHT = 210;
  private static final int LEFT = 56;
  private static final int RIGHT = 10;
  private static final int TOP = 10;
  private static final int BOTTOM = 52;
  private static final int MOST_LABELS = 6;

  private final String id;
  private final String title;
  private final String description;
  private final List<Point> points;
  private final @Nullable Double center;
  private final boolean share;

  /**
   * A window.
   *
   * @param label of the window
   * @param reference whether the limits are computed from it
   * @param average null if it has no limits
   */
  public record Point(String label, boolean reference, double value, @Nullable Average average) {}

  /**
   * The average of the values until a window.
   *
   * @param low the lower limit; null if there is none
   * @param beyond whether it is beyond a limit
   */
  public record Average(double value, @Nullable Double low, double high, boolean beyond) {}

  /**
   * @param id unique in the page
   * @param points in order, at least one
   * @param center null if there is none
   * @param share whether values are shares, shown as percentages, that are never below 0
   */
  public SvgControlChart(
      String id,
      String title,
      String description,
      List<Point> points,
      @Nullable Double center,
      boolean share) {
    this.id = id;
    this.title = title;
    this.description = description;
    this.points = List.copyOf(points);
    this.center = center;
    this.share = share;
  }

  /** The chart. */
  public SvgFigure figure() {
    PlotAxis axis = axis();
    StringBuilder body = new StringBuilder();
    PlotLegend legend = new PlotLegend(LEFT, WIDTH, HEIGHT - 8);
    long references = points.stream().filter(Point::reference).count();
    if (references > 0) {
      body.append(area("reference", LEFT, TOP, x(references - 0.5) - LEFT, bottom() - TOP));
    }
    for (double tick : axis.ticks()) {
      String label = share ? axis.percent(tick) : axis.text(tick);
      body.append(line("grid", LEFT, y(axis, tick), WIDTH - RIGHT, y(axis, tick)))
          .append(text("end", LEFT - 6, y(axis, tick) + 4, label));
    }
    if (center != null) {
      body.append(line("center", LEFT, y(axis, center), WIDTH - RIGHT, y(axis, center)));
    }
    labels(body);
    dots(body, axis);
    legend.line("center", "Reference");
    if (points.stream().anyMatch(one -> one.average() != null)) {
      path(body, axis, "limit", average -> average.low() == null ? Double.NaN : average.low());
      path(body, axis, "limit", Average::high);
      path(body, axis, "average", Average::value);
      beyond(body, axis);
      legend.line("average", "Average");
      legend.line("limit", "Limits");
    }
    return SvgFigure.plot(
        id, title, description, WIDTH, HEIGHT + legend.height(), body.toString() + legend);
  }

  private PlotAxis axis() {
    double[] values =
        points.stream()
            .flatMapToDouble(
                one ->
                    one.average() == null
                        ? DoubleStream.of(one.value())
                        : DoubleStream.of(
                            one.value(),
                            one.average().value(),
                            lowest(lowOrValue(one.average())),
                            one.average().high()))
            .toArray();
    double low = DoubleStream.of(values).min().orElse(0);
    double high = DoubleStream.of(values).max().orElse(1);
    return PlotAxis.over(low, high == low && share ? low + 0.01 : high, 4);
  }

  private static double lowOrValue(Average average) {
    return average.low() == null ? average.value() : average.low();
  }

  private double lowest(double limit) {
    return share ? Math.max(0, limit) : limit;
  }

  // One path of round points: a tenth of the bytes of circles.
  private void dots(StringBuilder body, PlotAxis axis) {
    body.append("<path class=\"value\" d=\"");
    for (int i = 0; i < points.size(); i++) {
      body.append('M').append(point(x(i))).append(' ');
      body.append(point(y(axis, points.get(i).value()))).append("h0");
    }
    body.append("\"/>\n");
  }

  private void path(
      StringBuilder body, PlotAxis axis, String style, ToDoubleFunction<Average> value) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < points.size(); i++) {
      Average average = points.get(i).average();
      if (average != null && !Double.isNaN(value.applyAsDouble(average))) {
        line.append(line.isEmpty() ? "" : " ").append(point(x(i))).append(',');
        line.append(point(y(axis, lowest(value.applyAsDouble(average)))));
      }
    }
    if (!line.isEmpty()) {
      body.append("<polyline class=\"").append(style).append("\" points=\"");
      body.append(line).append("\"/>\n");
    }
  }

  private void beyond(StringBuilder body, PlotAxis axis) {
    for (int i = 0; i < points.size(); i++) {
      Average average = points.get(i).average();
      if (average != null && average.beyond()) {
        body.append(circle("beyond", x(i), y(axis, lowest(average.value())), 4.5));
      }
    }
  }

  private void labels(StringBuilder body) {
    int last = points.size() - 1;
    int step = Math.max(1, (points.size() + MOST_LABELS - 1) / MOST_LABELS);
    for (int i = last; i >= 0; i -= step) {
      String anchor = i == last && i > 0 ? "end" : i == 0 ? "start" : "middle";
      double x = i == last && i > 0 ? WIDTH - RIGHT : x(i);
      body.append(text(anchor, x, bottom() + 16, points.get(i).label()));
    }
  }

  private static double bottom() {
    return HEIGHT - BOTTOM;
  }

  private double x(double place) {
    return LEFT + (WIDTH - LEFT - RIGHT) * (place + 0.5) / points.size();
  }

  private static double y(PlotAxis axis, double value) {
    return bottom() - (bottom() - TOP) * axis.place(value);
  }
}
