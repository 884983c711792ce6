package dev.propensity.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DeLongTest {
  @Test
  void givesTheAucItsInterval() {
    // V10: .9 is above 3 of 3 negatives, .7 above 2, .5 above 1.5; mean 6.5/9.
    // s²(V10) = ((5/18)² + (1/18)² + (4/18)²) / 2 = 42/648
    // V01: of 3 positives 1 is above .8, 2.5 above .5, 3 above .2.
    // s²(V01) = ((7/18)² + (2/18)² + (5/18)²) / 2 = 78/648
    // variance = (42 + 78) / 648 / 3 = 5/81
    Interval auc = DeLong.auc(Rows.SIX);
    assertThat(auc.value()).isEqualTo(6.5 / 9);
    assertThat(auc.low()).isCloseTo(6.5 / 9 - 1.959964 * Math.sqrt(5) / 9, within(1e-6));
    assertThat(auc.high()).isEqualTo(1); // .722 + .487, cut
  }

  @Test
  void cutsTheIntervalAtZeroToo() {
    assertThat(DeLong.auc(Rows.of("010011", .9, .8, .7, .5, .5, .2)).low()).isZero();
  }

  @Test
  void hasAnEmptyIntervalForAModelWithoutError() {
    assertThat(DeLong.auc(Rows.of("1100", .4, .3, .2, .1))).isEqualTo(new Interval(1, 1, 1));
  }

  @Test
  void pairsTheRowsForADifference() {
    // a orders all pairs right: V10 = 1, 1 and V01 = 1, 1. b has the negative .5 above the positive
    // .3: V10 = 1, 1/2 and V01 = 1/2, 1. Differences 0, 1/2 and 1/2, 0: each s² = 1/8.
    // variance = 1/8/2 + 1/8/2 = 1/8
    ScoredRows a = Rows.of("1100", .9, .8, .5, .2);
    ScoredRows b = Rows.of("1100", .9, .3, .5, .2);
    Interval difference = DeLong.difference(a, b);
    assertThat(difference.value()).isEqualTo(.25);
    assertThat(difference.low()).isCloseTo(.25 - 1.959964 * Math.sqrt(.125), within(1e-6));
    assertThat(difference.high()).isCloseTo(.25 + 1.959964 * Math.sqrt(.125), within(1e-6));
  }

  @Test
  void doesNotCompareDifferentRows() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeLong.difference(Rows.SIX, Rows.of("110100", .9, .8, .7, .5, .5, .2)));
  }

  @Test
  void ranksTiesInTheMiddle() {
    assertThat(Midranks.of(new float[] {.9f, .5f, .2f, .5f})).containsExactly(4, 2.5, 1, 2.5);
    assertThat(Midranks.of(new float[] {1, 1, 1})).containsExactly(2, 2, 2);
    assertThat(Midranks.of(new float[] {0f, -0f})).containsExactly(1.5, 1.5);
    assertThat(Midranks.of(new float[0])).isEmpty();
  }
}
