package dev.propensity.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlotAxisTest {
  @Test
  void ticksAreRound() {
    PlotAxis axis = PlotAxis.over(0, 0.137, 4);
    assertThat(axis.ticks().stream().map(axis::text).toList())
        .isEqualTo(List.of("0.00", "0.05", "0.10", "0.15"));
    assertThat(axis.ticks().stream().map(axis::percent).toList())
        .isEqualTo(List.of("0%", "5%", "10%", "15%"));
    assertThat(axis.place(0.15)).isCloseTo(1, within(1e-9));
    assertThat(axis.place(0.075)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void valuesMayBeNegativeOrLarge() {
    PlotAxis around = PlotAxis.over(-0.3, 0.42, 4);
    assertThat(around.ticks().stream().map(around::text).toList())
        .isEqualTo(List.of("-0.4", "-0.2", "0.0", "0.2", "0.4", "0.6"));
    PlotAxis large = PlotAxis.over(0, 2345, 4);
    assertThat(large.ticks().stream().map(large::text).toList())
        .isEqualTo(List.of("0", "1000", "2000", "3000"));
  }

  @Test
  void oneValueHasARange() {
    PlotAxis zero = PlotAxis.over(0, 0, 4);
    assertThat(zero.high()).isGreaterThan(zero.low());
    PlotAxis one = PlotAxis.over(1000, 1000, 4);
    assertThat(one.low()).isEqualTo(1000);
    assertThat(one.high()).isEqualTo(1100);
  }
}
