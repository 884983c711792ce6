package dev.propensity.monitoring.drift;

import static dev.propensity.monitoring.drift.Simulation.counts;
import static dev.propensity.monitoring.drift.Simulation.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.propensity.dataset.specification.MonitorRule;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartHistoriesTest {
  private static final MonitorRule RULE = new MonitorRule(MonitorRule.Window.DAY, 90, 100);
  private static final BaselineCounts BASELINE = new Simulation().baseline();
  private static final WindowCounts OLDER =
      with("age", counts(92, 116, 140, 164, 188, 212, 236, 260, 284, 308))
          .apply(Simulation.quiet(33));

  @Test
  void endWithTheChartsOfTheWindow() {
    DriftRule rule = new DriftRule(RULE, BASELINE, quiet(0, 28), false);
    Subject subject = new Subject("insurance", "1", "2026-02-07", List.of(), List.of());
    List<Monitoring.Chart> charts = rule.evaluate(subject, quiet(28, 33), OLDER).charts();

    List<ChartHistory> histories = rule.histories(quiet(0, 28), quiet(28, 33), OLDER);

    assertThat(histories).hasSameSizeAs(charts).hasSizeGreaterThan(8);
    for (int i = 0; i < charts.size(); i++) {
      Monitoring.Chart chart = charts.get(i);
      ChartHistory history = histories.get(i);
      assertThat(history.chart()).isEqualTo(chart.chart());
      assertThat(history.column()).isEqualTo(chart.column());
      assertThat(history.kind()).isEqualTo(chart.kind());
      assertThat(history.center()).isCloseTo(chart.center(), within(1e-5));
      assertThat(history.values()).hasSize(34);
      assertThat(history.values().stream().filter(ChartHistory.Value::reference)).hasSize(28);
      assertThat(history.values().get(27).average()).isNull();
      ChartHistory.Value last = history.values().get(33);
      assertThat(last.start()).isEqualTo(OLDER.start());
      assertThat(last.value()).isCloseTo(chart.value(), within(1e-5));
      ChartHistory.Average average = Objects.requireNonNull(last.average());
      assertThat(average.value()).isCloseTo(chart.ewma(), within(1e-5));
      assertThat(average.high()).isCloseTo(chart.high(), within(1e-5));
      assertThat(average.beyond()).isEqualTo(chart.beyond());
      assertThat(average.low() == null).isEqualTo(chart.chart() == ChartType.DISTANCE);
    }
  }

  @Test
  void haveNoLimitsWhileLearning() {
    DriftRule rule = new DriftRule(RULE, BASELINE, quiet(0, 3), false);
    // The last window before is among the reference, too, and counts once.
    List<ChartHistory> histories = rule.histories(quiet(0, 3), quiet(2, 3), OLDER);
    assertThat(histories)
        .extracting(ChartHistory::chart)
        .contains(ChartType.MEAN_RANK, ChartType.MISSING, ChartType.UNSEEN)
        .doesNotContain(ChartType.DISTANCE, ChartType.VOLUME, ChartType.REJECTED);
    assertThat(histories)
        .allSatisfy(
            history -> {
              assertThat(history.center()).isNull();
              assertThat(history.values())
                  .hasSize(4)
                  .allSatisfy(value -> assertThat(value.average()).isNull());
            });
  }

  @Test
  void areNoneOfAWindowWithTooFewRows() {
    DriftRule rule = new DriftRule(RULE, BASELINE, quiet(0, 3), false);
    WindowCounts few = Simulation.rows(99, 99, 0).apply(OLDER);
    assertThat(rule.histories(quiet(0, 3), quiet(2, 3), few)).isEmpty();
  }

  private static List<WindowCounts> quiet(int from, int to) {
    return IntStream.range(from, to).mapToObj(Simulation::quiet).toList();
  }
}
