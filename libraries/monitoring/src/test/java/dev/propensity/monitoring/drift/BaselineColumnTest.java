package dev.propensity.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.specification.ColumnKind;
import org.junit.jupiter.api.Test;

class BaselineColumnTest {
  @Test
  void midranksOfNumbersFollowTheBins() {
    ColumnCounts counts = new ColumnCounts(new long[] {20, 50, 30}, 7, 0);
    BaselineColumn column = new BaselineColumn(ColumnKind.NUMBER, counts, null, 0);
    assertThat(column.order()).containsExactly(0, 1, 2);
    assertThat(column.midranks()).containsExactly(0.1, 0.45, 0.85);
  }

  @Test
  void midranksOfCategoriesFollowTheLabelRate() {
    ColumnCounts counts = new ColumnCounts(new long[] {20, 50, 30}, 0, 0);
    // Label rates of 0.5, 0.1 and 0.2.
    BaselineColumn column =
        new BaselineColumn(ColumnKind.CATEGORY, counts, new long[] {10, 5, 6}, 0);
    assertThat(column.order()).containsExactly(1, 2, 0);
    assertThat(column.midranks()).containsExactly(0.9, 0.25, 0.65);
  }

  @Test
  void categoriesOfEqualLabelRateShareAMidrank() {
    ColumnCounts counts = new ColumnCounts(new long[] {20, 40, 40}, 0, 0);
    BaselineColumn column =
        new BaselineColumn(ColumnKind.CATEGORY, counts, new long[] {10, 4, 4}, 0);
    assertThat(column.midranks()).containsExactly(0.9, 0.4, 0.4);
  }

  @Test
  void theMeanOverTheTrainingRowsIsOneHalf() {
    ColumnCounts counts = new ColumnCounts(new long[] {20, 50, 30}, 0, 0);
    BaselineColumn column =
        new BaselineColumn(ColumnKind.CATEGORY, counts, new long[] {10, 5, 6}, 0);
    RankedBins bins = RankedBins.of(column);
    assertThat(bins.mean(counts.bins())).isEqualTo(0.5);
    // 0.2 · 0.4² + 0.5 · 0.25² + 0.3 · 0.15²
    assertThat(bins.variance()).isEqualTo(0.032 + 0.03125 + 0.00675);
  }

  @Test
  void unseenValuesAreExpectedAsOftenAsSingletons() {
    ColumnCounts counts = new ColumnCounts(new long[] {1, 1, 198}, 100, 0);
    BaselineColumn column =
        new BaselineColumn(ColumnKind.CATEGORY, counts, new long[] {0, 0, 9}, 2);
    assertThat(column.expectedUnseen()).isEqualTo(0.01);
  }
}
