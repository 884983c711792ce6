package dev.propensity.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EwmaTest {
  private static final double VARIANCE = Expected.number("/sampling");

  private static ReferenceStatistics reference(String values, double usual) {
    return ReferenceStatistics.of(
        ReferenceStatisticsTest.points(Expected.numbers(values), VARIANCE), usual);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void averagesAndLimitsAreThoseComputedWithNumPy(int last) {
    List<Point> points = ReferenceStatisticsTest.points(Expected.numbers("/values"), VARIANCE);
    ReferenceStatistics reference = reference("/reference", 0);
    double quantile = reference.quantile(1.0 / (90 * 36) / 2);
    assertThat(quantile).isCloseTo(Expected.number("/quantile"), within(1e-8));
    Ewma found = Ewma.over(reference, points.subList(0, last + 1), quantile, true);
    String row = "/averages/" + last;
    assertThat(found.average()).isCloseTo(Expected.number(row + "/average"), within(1e-9));
    assertThat(found.high()).isCloseTo(Expected.number(row + "/high"), within(1e-9));
    assertThat(found.beyond()).isEqualTo(Expected.flag(row + "/beyond"));
  }

  @Test
  void theVarianceIsThatOfCorrelatedValues() {
    ReferenceStatistics reference = reference("/correlatedValues", 0.4);
    int[] windows = {1, 2, 10};
    for (int i = 0; i < windows.length; i++) {
      List<Point> points = Collections.nCopies(windows[i], new Point(reference.center(), VARIANCE));
      Ewma found = Ewma.over(reference, points, 1, true);
      double variance = Math.pow(found.high() - reference.center(), 2) - reference.centerVariance();
      assertThat(variance).isCloseTo(Expected.number("/correlatedVariance/" + i), within(1e-9));
    }
  }

  @Test
  void afterAnAlarmTwoUsualValuesAreWithinTheLimits() {
    ReferenceStatistics reference = reference("/reference", 0);
    List<Point> points = new ArrayList<>();
    for (int day = 0; day < 30; day++) {
      points.add(new Point(reference.center() + 100, VARIANCE));
    }
    assertThat(Ewma.over(reference, points, 4, true).beyond()).isTrue();
    points.add(new Point(reference.center() - 1e-9, VARIANCE));
    assertThat(Ewma.over(reference, points, 4, true).beyond()).isFalse();
  }

  @Test
  void aLastingSmallShiftStaysBeyondTheLimits() {
    ReferenceStatistics reference = reference("/reference", 0);
    List<Point> points = new ArrayList<>();
    for (int day = 0; day < 200; day++) {
      points.add(new Point(reference.center() + 3 * reference.deviation(), VARIANCE));
    }
    for (int days = 10; days <= 200; days++) {
      assertThat(Ewma.over(reference, points.subList(0, days), 4, true).beyond()).isTrue();
    }
  }

  @Test
  void lowValuesOfAOneSidedChartAreNotBeyond() {
    ReferenceStatistics reference = reference("/reference", 0);
    List<Point> points = List.of(new Point(reference.center() - 100, VARIANCE));
    assertThat(Ewma.over(reference, points, 4, true).beyond()).isTrue();
    assertThat(Ewma.over(reference, points, 4, false).beyond()).isFalse();
  }
}
