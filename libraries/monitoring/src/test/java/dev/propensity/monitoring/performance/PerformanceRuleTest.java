package dev.propensity.monitoring.performance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.model.metric.Interval;
import dev.propensity.monitoring.profile.TimeWindow;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerformanceRuleTest {
  private static final DatasetSpec SPEC =
      DatasetSpec.parse(
          """
          name: toys
          title: Who buys the toy?
          source: toys.csv
          identifier: id
          label: {column: bought, positive: "yes", negative: "no"}
          features:
            - {name: age, kind: number, minimum: 0}
          offer: {gain: 5, cost: 1}
          """,
          "toys.yaml");

  @Test
  void aFalseAlarmIsAsRareInWindowsOfAWeek() {
    // z = 2, p = 0.0455: between the levels 1/90 of a day and 7/90 of a week.
    Interval bias = Interval.normal(0.05, 0.025 * 0.025);
    assertThat(reasons("2026-03-10", bias)).isEmpty();
    assertThat(reasons("2026-W11", bias))
        .containsExactly(
            "scores are too high: their mean is 0.1500, and the share of positives 0.1000");
    // z = 1.7, p = 0.0891
    assertThat(reasons("2026-W11", Interval.normal(0.05, 0.05 * 0.05 / (1.7 * 1.7)))).isEmpty();
    // z = 3, p = 0.0027: above 1/2160, that of an hour
    Interval clear = Interval.normal(0.05, 0.05 * 0.05 / 9);
    assertThat(reasons("2026-03-10T12", clear)).isEmpty();
    assertThat(reasons("2026-03-10", clear)).hasSize(1);
  }

  private static List<String> reasons(String window, Interval bias) {
    Interval rate = new Interval(0.1, 0.1, 0.1);
    Quality live = new Quality(1000, 100, false, rate, null, bias, null, null, null, null);
    return new PerformanceRule(SPEC, TimeWindow.parse(window), null).reasons(live);
  }
}
