package dev.propensity.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {
  /** Of a share: Newcombe, Two-sided confidence intervals for the single proportion, 1998. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, .2553, .3662",
    "15, 148, .0624, .1605",
    "0, 20, .0000, .1611",
    "1, 29, .0061, .1718"
  })
  void theIntervalIsThePublishedOne(int hits, int rows, double low, double high) {
    Interval interval = new Proportion(hits, rows).interval();
    assertThat(interval.value()).isEqualTo((double) hits / rows);
    assertThat(interval.low()).isCloseTo(low, within(5e-5));
    assertThat(interval.high()).isCloseTo(high, within(5e-5));
  }

  /** Of a difference: Newcombe, Statistics in Medicine 17, 1998, table II, method 10. */
  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80, .0524, .3339",
    "9, 10, 3, 10, .1705, .8090",
    "6, 7, 2, 7, .0582, .8062",
    "5, 56, 0, 29, -.0381, .1926",
    "0, 10, 0, 20, -.1611, .2775",
    "0, 10, 0, 10, -.2775, .2775",
    "10, 10, 0, 20, .6791, 1.0000",
    "10, 10, 0, 10, .6075, 1.0000"
  })
  void theIntervalOfADifferenceIsThePublishedOne(
      int hits, int rows, int otherHits, int otherRows, double low, double high) {
    Interval interval = new Proportion(hits, rows).minus(new Proportion(otherHits, otherRows));
    assertThat(interval.low()).isCloseTo(low, within(5e-5));
    assertThat(interval.high()).isCloseTo(high, within(5e-5));
  }

  @Test
  void theTestOfADifferenceIsPearsons() {
    // (56, 14; 48, 32): χ² = 150 (56×32 − 14×48)² / (70×80×104×46) = 7.02341 = 2.65017²
    assertThat(new Proportion(56, 70).pValue(new Proportion(48, 80)))
        .isCloseTo(0.0080451, within(5e-7));
    assertThat(new Proportion(7, 7).pValue(new Proportion(9, 9))).isEqualTo(1);
  }

  @Test
  void rejectsMoreHitsThanRows() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(3, 2));
  }
}
