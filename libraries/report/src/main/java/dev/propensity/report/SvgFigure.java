package dev.propensity.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A figure of a report, drawn once: inline in its page, and as a file for MLflow. The same numbers
 * give the same bytes on every machine.
 *
 * @param name unique in the page; the file's name
 * @param caption in plain text
 * @param classes of the SVG element, for the style
 * @param labels the ids of the elements within that name and describe it
 * @param width of the drawing
 * @param height of the drawing
 * @param content the elements within
 */
public record SvgFigure(
    String name,
    String caption,
    String classes,
    String labels,
    int width,
    int height,
    String content) {
  private static final int TITLE_HEIGHT = 30;

  /** A plot with an accessible title and description. */
  static SvgFigure plot(
      String id, String title, String description, int width, int height, String content) {
    String heads =
        "<title id=\"%s-title\">%s</title>\n<desc id=\"%s-description\">%s</desc>\n"
            .formatted(id, HtmlPage.escape(title), id, HtmlPage.escape(description));
    return new SvgFigure(
        id,
        title,
        "plot",
        "%s-title %s-description".formatted(id, id),
        width,
        height,
        heads + content);
  }

  /** The figure with its caption, for a page whose style has rules for the classes. */
  String html() {
    return "<figure><figcaption>"
        + HtmlPage.escape(caption)
        + "</figcaption>\n<svg"
        + attributes(0)
        + ">\n"
        + content
        + "</svg></figure>";
  }

  /** Writes the {@link #svg} into {@code <name>.svg}. */
  void write(Path folder, String style) throws IOException {
    Files.writeString(folder.resolve(name + ".svg"), svg(style));
  }

  /**
   * The figure as a separate document, with the caption as its heading.
   *
   * @param style rules for the classes
   */
  String svg(String style) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\""
        + attributes(TITLE_HEIGHT)
        + ">\n<style>\n"
        + PageStyle.COLORS
        + style
        + ".page { fill: var(--page); }\n"
        + "svg.plot .heading { fill: var(--text); font-weight: 600; }\n</style>\n"
        + ("<rect class=\"page\" y=\"-" + TITLE_HEIGHT + "\" width=\"" + width)
        + ("\" height=\"" + (height + TITLE_HEIGHT) + "\"/>\n")
        + "<text class=\"heading\" x=\"8\" y=\"-10\">"
        + HtmlPage.escape(caption)
        + "</text>\n"
        + content
        + "</svg>\n";
  }

  private String attributes(int above) {
    // Not by a format, which would write the digits of the default locale.
    return (" class=\"" + classes)
        + ("\" viewBox=\"0 " + -above + " " + width + " " + (height + above))
        + ("\" role=\"img\" aria-labelledby=\"" + labels + "\"");
  }
}
