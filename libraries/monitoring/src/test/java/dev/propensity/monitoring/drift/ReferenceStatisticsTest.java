package dev.propensity.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceStatisticsTest {
  static List<Point> points(double[] values, double variance) {
    return Arrays.stream(values).mapToObj(value -> new Point(value, variance)).toList();
  }

  @Test
  void theStatisticsAreThoseComputedWithNumPy() {
    compare("/reference", "/statistics", 0);
    compare("/correlatedValues", "/correlated", 0.4);
  }

  private static void compare(String values, String expected, double usual) {
    ReferenceStatistics found =
        ReferenceStatistics.of(
            points(Expected.numbers(values), Expected.number("/sampling")), usual);
    assertThat(found.center()).isCloseTo(Expected.number(expected + "/center"), within(1e-12));
    assertThat(found.deviation())
        .isCloseTo(Expected.number(expected + "/deviation"), within(1e-12));
    assertThat(found.autocorrelation())
        .isCloseTo(Expected.number(expected + "/autocorrelation"), within(1e-12));
    assertThat(found.centerVariance())
        .isCloseTo(Expected.number(expected + "/centerVariance"), within(1e-12));
    assertThat(found.degrees()).isCloseTo(Expected.number(expected + "/degrees"), within(1e-9));
    assertThat(found.windowVariance())
        .isCloseTo(Expected.number(expected + "/windowVariance"), within(1e-12));
  }

  @Test
  void windowsVaryByAtLeastAsMuchAsTheirRowsDo() {
    double[] equal = new double[28];
    ReferenceStatistics found = ReferenceStatistics.of(points(equal, 0.25), 0);
    assertThat(found.deviation()).isEqualTo(0.5);
    assertThat(found.windowVariance()).isZero();
  }

  @Test
  void aBadWindowDoesNotWidenTheLimits() {
    double[] values = Expected.numbers("/reference");
    ReferenceStatistics without = ReferenceStatistics.of(points(values, 0), 0);
    double[] poisoned = Arrays.copyOf(values, values.length + 2);
    poisoned[values.length] = 0.9;
    poisoned[values.length + 1] = 0.92;
    ReferenceStatistics found = ReferenceStatistics.of(points(poisoned, 0), 0);
    assertThat(found.center()).isCloseTo(without.center(), within(1e-12));
    assertThat(found.deviation()).isCloseTo(without.deviation(), within(1e-12));
  }

  @Test
  void theAutocorrelationIsThatOfTheEffectsOnAllCharts() {
    double[] values = Expected.numbers("/correlatedValues");
    double[] alternating = new double[28];
    Arrays.setAll(alternating, i -> i % 2);
    double one = ReferenceStatistics.autocorrelation(List.of(points(values, 0)));
    double half = Moments.of(points(values, 0)).variance() / 2;
    assertThat(one).isBetween(0.3, 0.8);
    // If half of the variance comes from the rows, the effects are twice as correlated as the
    // values.
    assertThat(ReferenceStatistics.autocorrelation(List.of(points(values, half))))
        .isCloseTo(Math.min(0.8, 2 * one), within(1e-12));
    assertThat(
            ReferenceStatistics.autocorrelation(List.of(points(values, 0), points(alternating, 0))))
        .isZero();
    assertThat(ReferenceStatistics.autocorrelation(List.of(points(new double[28], 1)))).isZero();
  }

  @Test
  void pValuesAreThoseOfStudentsT() {
    ReferenceStatistics found = new ReferenceStatistics(10, 2, 3, 0, 0.5, 27);
    Point point = new Point(14.096, 0.5); // 4.096 / √(3 + 0.5 + 0.5) = 2.048, t of p = 0.05
    assertThat(found.standardized(point)).isCloseTo(2.048, within(1e-12));
    assertThat(found.pBeyond(point)).isCloseTo(0.05, within(2e-3));
    assertThat(found.pAbove(point)).isCloseTo(0.025, within(1e-3));
    assertThat(found.quantile(0.025)).isCloseTo(2.051830516480286, within(1e-9));
  }
}
