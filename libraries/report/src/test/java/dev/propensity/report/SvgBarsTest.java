package dev.propensity.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SvgBarsTest {
  @Test
  void drawsSharesOverEachOther() {
    String svg =
        SvgBars.ofValues("town", "Town", "Shares of the rows.", List.of("north", "a <long> name"))
            .behind("Before", List.of(0.25, 0.0))
            .front("Now", List.of(0.5, 0.5))
            .levels("Training", List.of(0.25, 0.1))
            .figure()
            .html();
    // The plot is 152 high; the axis ends at 60%: a bar of 25% begins 88.7 below the top.
    assertThat(svg)
        .contains("<rect class=\"behind\" x=\"60.1\" y=\"98.7\" width=\"176.9\" height=\"63.3\"/>")
        .contains("<rect class=\"front\" x=\"102.3\" y=\"35.3\"")
        .contains("<line class=\"level\" x1=\"60.1\" y1=\"98.7\"")
        .contains(">60%<", ">north<", ">a &lt;long&gt; na…<", ">Before<", ">Now<", ">Training<");
    assertThat(svg.split("<rect class=\"behind\"", -1)).as("one bar, one in the legend").hasSize(3);
  }

  @Test
  void binsAreNamedWhereTheyBegin() {
    String svg =
        SvgBars.ofBins("age", "Age", "Shares.", List.of("", "30", "40"))
            .front("Now", List.of(0.2, 0.3, 0.5))
            .figure()
            .html();
    assertThat(svg).contains("translate(186.0 176) rotate(-40)\">30<");
    assertThat(svg.split("rotate", -1)).as("the first bin is open").hasSize(3);
    assertThatThrownBy(
            () -> SvgBars.ofBins("age", "Age", "", List.of("")).front("Now", List.of(1.0, 2.0)))
        .hasMessage("2 shares of 1 bars");
  }
}
