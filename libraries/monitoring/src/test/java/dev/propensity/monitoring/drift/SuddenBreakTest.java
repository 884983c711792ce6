package dev.propensity.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuddenBreakTest {
  private static final double LEVEL = 0.001;
  private static final ColumnCounts USUAL = new ColumnCounts(new long[] {990, 10}, 0, 0);

  @Test
  void aColumnIsAllMissing() {
    ColumnCounts window = new ColumnCounts(new long[2], 2000, 0);
    assertThat(SuddenBreak.of(USUAL, window, LEVEL)).contains("all 2,000 cells are empty");
  }

  @Test
  void aColumnIsAllUnseen() {
    ColumnCounts window = new ColumnCounts(new long[2], 100, 1900);
    assertThat(SuddenBreak.of(USUAL, window, LEVEL))
        .contains("all 1,900 values are unknown to the model");
  }

  @Test
  void aColumnIsConstantIfChanceDoesNotMakeItSo() {
    // 0.99 to the power of half of the rows: 0.61 of 100 rows, 0.00004 of 2,000.
    ColumnCounts few = new ColumnCounts(new long[] {100, 0}, 0, 0);
    ColumnCounts many = new ColumnCounts(new long[] {2000, 0}, 0, 0);
    assertThat(SuddenBreak.of(USUAL, few, LEVEL)).isEmpty();
    assertThat(SuddenBreak.of(USUAL, many, LEVEL)).contains("all 2,000 values are in one bin");
  }

  @Test
  void aColumnThatIsAlwaysMissingIsNotBroken() {
    ColumnCounts always = new ColumnCounts(new long[2], 1000, 0);
    assertThat(SuddenBreak.of(always, always, LEVEL)).isEmpty();
  }

  @Test
  void aColumnThatWasAlwaysConstantIsNotBroken() {
    ColumnCounts always = new ColumnCounts(new long[] {1000}, 0, 0);
    assertThat(SuddenBreak.of(always, always, LEVEL)).isEmpty();
  }

  @Test
  void aColumnWithoutCellsIsNotBroken() {
    assertThat(SuddenBreak.of(USUAL, new ColumnCounts(new long[2], 0, 0), LEVEL)).isEmpty();
  }
}
