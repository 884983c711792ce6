package dev.propensity.dataset.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberRangeTest {
  private static final int ROWS = 1_000;
  private static final int DIFFERENT = 50;

  /** Numbers from one to another, then the others of which each is in some rows. */
  private static NumberRange range(double from, double to, int rows, double... others) {
    NumberRange range = new NumberRange();
    range.add(from);
    range.add(to);
    DoubleStream.of(others).forEach(o -> IntStream.range(0, rows).forEach(row -> range.add(o)));
    return range;
  }

  @ParameterizedTest
  @CsvSource({
    "18, 90, -999, [-999]",
    "18, 90, 999, [999]",
    "18, 90, 163, []", // none of the known numbers
    "18, 90, 99, []", // as near as others
    "0, 49.4, 99, [99]",
    "0, 49.5, 99, []", // exactly as far as the others are from each other
    "0, 5000, 9999, []",
    "0, 4999, 9999, [9999]",
    "-100, 90, -1, []",
    "-0.5, 90, -1, []",
    "0, 90, -1, [-1]",
    "0, 90, -9, [-9]",
    "0, 90, -10, []",
    "-5.5, 3, -9, []",
    "7, 7, 999, []", // one other value
  })
  void findsNumbersFarFromAllOthersAndTheOnlyNegativeOnes(
      double from, double to, double number, String sentinels) {
    NumberRange range = range(from, to, 10, number);
    assertThat(range.sentinels(ROWS, DIFFERENT, false)).hasToString(sentinels);
    assertThat(range.minimum()).isEqualTo(Math.min(from, number));
    assertThat(range.maximum()).isEqualTo(Math.max(to, number));
  }

  @Test
  void findsSeveralThatExplainEachOther() {
    NumberRange credit = range(0, 800, 10, -7, -8, -9);
    assertThat(credit.sentinels(ROWS, DIFFERENT, false)).containsExactly(-9, -8, -7);
    assertThat(credit.minimumWithout(credit.sentinels(ROWS, DIFFERENT, false))).isZero();
    assertThat(range(0, 90, 10, 999, 9999).sentinels(ROWS, DIFFERENT, false))
        .containsExactly(999, 9999);
    // 999 is near to 1,100, and 9,999 is far from both
    assertThat(range(0, 1100, 10, 999, 9999).sentinels(ROWS, DIFFERENT, false))
        .containsExactly(9999);
  }

  @Test
  void leavesTheEndOfARangeAndScales() {
    assertThat(range(0, 30, 10, -1, -2, -3).sentinels(ROWS, DIFFERENT, false)).isEmpty();
    assertThat(range(0, 30, 10, -1).sentinels(ROWS, DIFFERENT, true)).isEmpty();
    assertThat(range(0, 30, 10, -1).sentinels(ROWS, 10, false)).isEmpty();
    assertThat(range(0, 30, 10, -1).sentinels(ROWS, 11, false)).containsExactly(-1);
    assertThat(range(1.5, 2.25, 10, -8).sentinels(ROWS, 3, false)).isEmpty();
    assertThat(range(0, 1, 10, -9).sentinels(ROWS, 3, false)).containsExactly(-9);
  }

  @Test
  void needsEnoughRows() {
    assertThat(range(18, 90, 4, -999).sentinels(100, DIFFERENT, false)).isEmpty();
    assertThat(range(18, 90, 5, -999).sentinels(100, DIFFERENT, false)).containsExactly(-999);
    assertThat(range(18, 90, 49, -999).sentinels(10_000, DIFFERENT, false)).isEmpty();
    assertThat(range(18, 90, 50, -999).sentinels(10_000, DIFFERENT, false)).containsExactly(-999);
  }
}
