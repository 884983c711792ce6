package dev.propensity.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A self-contained HTML page, the style of all reports: nothing is fetched (by a content security
 * policy), light and dark mode, accessible tables.
 *
 * <p>All text is escaped; only {@link #raw} accepts HTML.
 */
public final class HtmlPage {
  /** The name of a page's file. */
  public static final String FILE = "report.html";

  private final String title;
  private final StringBuilder style = new StringBuilder(PageStyle.RULES);
  private final StringBuilder body = new StringBuilder();
  private boolean focusableTables;

  /** A cell of a table. */
  public record Cell(String html, boolean number) {
    /** Text, left-aligned. */
    public static Cell text(String text) {
      return new Cell(escape(text), false);
    }

    /** Text that must not be overlooked. */
    public static Cell alert(String text) {
      return new Cell("<strong class=\"alert\">" + escape(text) + "</strong>", false);
    }

    /** A formatted number, right-aligned. */
    public static Cell number(String text) {
      return new Cell(escape(text), true);
    }

    /**
     * A bar as wide as a share.
     *
     * @param share from 0 to 1
     */
    public static Cell bar(double share) {
      long width = Math.round(Math.max(0, Math.min(1, share)) * 120);
      String svg =
          "<svg width=\"120\" height=\"12\" aria-hidden=\"true\">"
              + "<rect class=\"mark\" width=\"%d\" height=\"12\" rx=\"2\"/></svg>";
      return new Cell(svg.replace("%d", String.valueOf(width)), false);
    }
  }

  /**
   * @param title the page's name, also its first heading
   */
  public HtmlPage(String title) {
    this.title = title;
    element("h1", title);
  }

  /** Adds rules to the page's style, with the colors of its variables. */
  public HtmlPage style(String css) {
    style.append(css);
    return this;
  }

  /** From here on, tables that are wider than the screen can be scrolled by keyboard. */
  public HtmlPage focusableTables() {
    focusableTables = true;
    return this;
  }

  /** Begins a section. */
  public HtmlPage heading(String text) {
    return element("h2", text);
  }

  /** Begins a part of a section. */
  public HtmlPage subheading(String text) {
    return element("h3", text);
  }

  /** A paragraph. */
  public HtmlPage paragraph(String text) {
    return element("p", text);
  }

  /** A box for what must not be overlooked. Begins with the kind: Leak. */
  public HtmlPage alert(String kind, String text) {
    return box("alert", kind, text);
  }

  /** A box for what is doubtful. Begins with the kind: Warning. */
  public HtmlPage caution(String kind, String text) {
    return box("caution", kind, text);
  }

  private HtmlPage box(String name, String kind, String text) {
    if (style.indexOf(PageStyle.BOXES) < 0) {
      style.append(PageStyle.BOXES);
    }
    return raw(
        "<p class=\"box %s\"><strong>%s.</strong> %s</p>"
            .formatted(name, escape(kind), escape(text)));
  }

  private HtmlPage element(String name, String text) {
    body.append('<').append(name).append('>').append(escape(text));
    body.append("</").append(name).append(">\n");
    return this;
  }

  /**
   * A table whose first column names its rows.
   *
   * @param caption what it shows
   * @param header the columns' names
   */
  public HtmlPage table(String caption, List<String> header, List<List<Cell>> rows) {
    body.append("<div class=\"wide\"");
    if (focusableTables) {
      body.append(" role=\"region\" tabindex=\"0\" aria-label=\"");
      body.append(escape(caption)).append('"');
    }
    body.append("><table><caption>").append(escape(caption));
    body.append("</caption>\n<thead><tr>");
    for (int i = 0; i < header.size(); i++) {
      boolean number = !rows.isEmpty() && rows.get(0).get(i).number();
      body.append(number ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">");
      body.append(escape(header.get(i))).append("</th>");
    }
    body.append("</tr></thead>\n<tbody>\n");
    for (List<Cell> row : rows) {
      body.append("<tr><th scope=\"row\">").append(row.get(0).html()).append("</th>");
      for (Cell cell : row.subList(1, row.size())) {
        body.append(cell.number() ? "<td class=\"number\">" : "<td>");
        body.append(cell.html()).append("</td>");
      }
      body.append("</tr>\n");
    }
    body.append("</tbody></table></div>\n");
    return this;
  }

  /** HTML as it is: an inline SVG. */
  public HtmlPage raw(String html) {
    body.append(html).append('\n');
    return this;
  }

  /** The whole page. */
  public String html() {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" \
        content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        """
        + "<title>"
        + escape(title)
        + "</title>\n<style>\n"
        + style
        + "</style>\n</head>\n<body>\n<main>\n"
        + body
        + "</main>\n</body>\n</html>\n";
  }

  /** Writes {@code report.html}, a stage artifact's readable page. */
  public static void write(Path folder, String html) throws IOException {
    Files.writeString(folder.resolve(FILE), html);
  }

  /** Text escaped for HTML, including attributes. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
