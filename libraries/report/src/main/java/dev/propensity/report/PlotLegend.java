package dev.propensity.report;

/** The legend below a plot: as many names a line as have room. */
final class PlotLegend {
  static final int LINE_HEIGHT = 20;

  private final int left;
  private final int width;
  private final int top;
  private final StringBuilder body = new StringBuilder();
  private int end;
  private int line;

  /**
   * @param left where lines begin
   * @param width of the plot
   * @param top of the text in the first line
   */
  PlotLegend(int left, int width, int top) {
    this.left = left;
    this.width = width;
    this.top = top;
    this.end = left;
  }

  /** A line of this CSS class. */
  void line(String style, String name) {
    int y = begin(name);
    body.append("<line class=\"").append(style).append("\" x1=\"").append(end);
    body.append("\" y1=\"").append(y - 4).append("\" x2=\"").append(end + 22);
    body.append("\" y2=\"").append(y - 4).append("\"/>");
    text(name, y);
  }

  /** An area of this CSS class. */
  void area(String style, String name) {
    int y = begin(name);
    body.append("<rect class=\"").append(style).append("\" x=\"").append(end);
    body.append("\" y=\"").append(y - 9).append("\" width=\"22\" height=\"10\"/>");
    text(name, y);
  }

  private int begin(String name) {
    if (end > left && end + width(name) - 22 > width) {
      end = left;
      line++;
    }
    return top + LINE_HEIGHT * line;
  }

  private void text(String name, int y) {
    body.append("<text x=\"").append(end + 28).append("\" y=\"").append(y).append("\">");
    body.append(HtmlPage.escape(name)).append("</text>\n");
    end += width(name);
  }

  private static int width(String name) {
    return 50 + 7 * name.length();
  }

  /** How much higher the plot is by lines after the first. */
  int height() {
    return LINE_HEIGHT * line;
  }

  @Override
  public String toString() {
    return body.toString();
  }
}
