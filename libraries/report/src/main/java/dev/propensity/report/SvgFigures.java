package dev.propensity.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The figures of a report. */
public record SvgFigures(List<SvgFigure> all) {
  public SvgFigures {
    all = List.copyOf(all);
  }

  /** All figures, side by side where there is room, for a page with {@link SvgPlot#STYLE}. */
  public String html() {
    String figures = all.stream().map(SvgFigure::html).collect(Collectors.joining("\n"));
    return "<div class=\"plots\">\n" + figures + "\n</div>";
  }

  /**
   * Writes each figure as an SVG file.
   *
   * @param style rules for their classes
   */
  public void write(Path folder, String style) throws IOException {
    for (SvgFigure figure : all) {
      figure.write(folder, style);
    }
  }
}
