package dev.propensity.report;

import java.util.Locale;

/** The shapes of a plot as elements of SVG, a line each. Coordinates have one decimal. */
public final class SvgShapes {
  private SvgShapes() {}

  /** A line from one point to another, of this CSS class. */
  public static String line(String style, double x1, double y1, double x2, double y2) {
    return "<line class=\""
        + style
        + ("\" x1=\"" + point(x1) + "\" y1=\"" + point(y1))
        + ("\" x2=\"" + point(x2) + "\" y2=\"" + point(y2))
        + "\"/>\n";
  }

  /**
   * A circle, of this CSS class.
   *
   * @param radius written as it is
   */
  public static String circle(String style, double x, double y, Number radius) {
    return "<circle class=\""
        + style
        + ("\" cx=\"" + point(x) + "\" cy=\"" + point(y))
        + ("\" r=\"" + radius + "\"/>\n");
  }

  /** A rectangle, of this CSS class; nothing if it has no height. */
  public static String area(String style, double x, double y, double width, double height) {
    return height < 0.05
        ? ""
        : "<rect class=\""
            + style
            + ("\" x=\"" + point(x) + "\" y=\"" + point(y))
            + ("\" width=\"" + point(width) + "\" height=\"" + point(height))
            + "\"/>\n";
  }

  /**
   * A text, escaped.
   *
   * @param anchor the text's alignment at the point: {@code start}, {@code middle} or {@code end}
   */
  public static String text(String anchor, double x, double y, String text) {
    return "<text text-anchor=\""
        + anchor
        + ("\" x=\"" + point(x) + "\" y=\"" + point(y) + "\">")
        + HtmlPage.escape(text)
        + "</text>\n";
  }

  /** A coordinate. */
  public static String point(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
