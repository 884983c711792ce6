package dev.propensity.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class SvgFigureTest {
  private static final Locale STANDARD = Locale.getDefault();

  @TempDir private Path folder;

  @AfterEach
  void restoreTheLocale() {
    Locale.setDefault(STANDARD);
  }

  private static SvgFigure figure() {
    List<Double> ends = List.of(0.0, 1.0);
    return new SvgPlot("roc", "A <curve>", "From 0 to 1.", 1)
        .axes("x", "y")
        .curve("chance", "Random", ends, ends)
        .figure();
  }

  @Test
  void writesTheSameBytesInEveryLocale() {
    String page = figure().html();
    String file = figure().svg(SvgPlot.STYLE);

    Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));

    assertThat(String.format("%d", 12)).as("the locale's digits").isNotEqualTo("12");
    assertThat(figure().html()).isEqualTo(page);
    assertThat(figure().svg(SvgPlot.STYLE)).isEqualTo(file);
  }

  @Test
  void writesAFileWhoseDrawingHasItsHeadingAbove() throws Exception {
    figure().write(folder, SvgPlot.STYLE);

    Element svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("roc.svg").toFile())
            .getDocumentElement();
    assertThat(svg.getAttribute("viewBox")).isEqualTo("0 -30 460 410");
    assertThat(svg.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("A <curve>");
    assertThat(Files.readString(folder.resolve("roc.svg"))).endsWith("</svg>\n");
  }

  @Test
  void writesFilesWithoutTheRulesOfThePage() throws Exception {
    SvgFigures figures = new SvgFigures(List.of(figure()), "svg.plot .mine { stroke: red; }\n");

    figures.write(folder);

    String rule = "svg.plot .mine { stroke: red; }";
    assertThat(Files.readString(folder.resolve("roc.svg")))
        .contains(rule)
        .doesNotContain("figcaption", ".plots");
    assertThat(figures.pageStyle()).contains(rule, "figcaption", ".plots");
  }

  @Test
  void endsAxesAtTheNextTenth() {
    assertThat(SvgPlot.axisEnd(.37)).isEqualTo(.4);
    assertThat(SvgPlot.axisEnd(.4)).isEqualTo(.5);
    assertThat(SvgPlot.axisEnd(1)).isEqualTo(1);
  }

  @Test
  void putsTheCaptionBelowTheFigureInAPage() {
    assertThat(figure().html())
        .startsWith("<figure><figcaption>A &lt;curve&gt;</figcaption>\n<svg class=\"plot\"")
        .contains("viewBox=\"0 0 460 380\"");
  }
}
