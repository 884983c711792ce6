package dev.propensity.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.report.SvgControlChart.Average;
import dev.propensity.report.SvgControlChart.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class SvgControlChartTest {
  @Test
  void drawsValuesAverageAndLimits() {
    List<Point> points =
        List.of(
            new Point("11-01", true, 0.5, null),
            new Point("11-02", false, 0.5, new Average(0.5, 0.4, 0.6, false)),
            new Point("11-03", false, 0.8, new Average(0.65, 0.4, 0.6, true)));
    String svg =
        new SvgControlChart("age", "Age", "Mean rank.", points, 0.5, false).figure().html();
    // From 0.4 at 158 to 0.8 at 10; three windows of 131.3.
    assertThat(svg)
        .contains("<rect class=\"reference\" x=\"56.0\" y=\"10.0\" width=\"131.3\"")
        .contains("<polyline class=\"average\" points=\"253.0,121.0 384.3,65.5\"/>")
        .contains("<polyline class=\"limit\" points=\"253.0,158.0 384.3,158.0\"/>")
        .contains("<path class=\"value\" d=\"M121.7 121.0h0M253.0 121.0h0M384.3 10.0h0\"/>")
        .contains("<circle class=\"beyond\" cx=\"384.3\" cy=\"65.5\"")
        .contains(">11-01<", ">11-03<", ">Limits<");
    assertThat(svg.split("class=\"beyond\"", -1)).hasSize(2);
  }

  @Test
  void sharesArePercentagesAndNeverBelowNone() {
    List<Point> points = List.of(new Point("1", false, 0, new Average(0, -0.02, 0.02, false)));
    String svg =
        new SvgControlChart("missing", "Missing", "Share.", points, 0.0, true).figure().html();
    assertThat(svg).contains(">0.0%<", ">2.0%<").doesNotContain(">-");
  }

  @Test
  void drawsValuesWithoutLimits() {
    List<Point> points = List.of(new Point("1", false, 0.5, null));
    String svg = new SvgControlChart("age", "Age", "", points, null, false).figure().html();
    assertThat(svg).contains("<path class=\"value\"").doesNotContain("polyline", "Limits");
  }
}
