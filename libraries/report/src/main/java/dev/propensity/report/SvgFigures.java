package dev.propensity.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The figures of a report.
 *
 * @param all the figures
 * @param style rules for their classes, with their colors, in addition to those of every plot
 */
public record SvgFigures(List<SvgFigure> all, String style) {
  /** Where figures are in a page; an SVG file has none of it. */
  private static final String LAYOUT =
      """
      .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr));
        gap: 1.5rem 2.5rem; }
      figure { margin: 0; } figcaption { font-weight: 600; margin-bottom: .35rem; }
      """;

  public SvgFigures {
    all = List.copyOf(all);
  }

  /** All figures, side by side where there is room, for a page with the {@link #pageStyle}. */
  public String html() {
    String figures = all.stream().map(SvgFigure::html).collect(Collectors.joining("\n"));
    return "<div class=\"plots\">\n" + figures + "\n</div>";
  }

  /** The rules that a page needs for the figures. */
  public String pageStyle() {
    return LAYOUT + SvgPlot.STYLE + style;
  }

  /** Each figure as an SVG document with its rules. */
  public List<String> svg() {
    return all.stream().map(figure -> figure.svg(SvgPlot.STYLE + style)).toList();
  }

  /** Writes each figure as an SVG file. */
  public void write(Path folder) throws IOException {
    for (SvgFigure figure : all) {
      figure.write(folder, SvgPlot.STYLE + style);
    }
  }
}
