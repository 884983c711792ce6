package dev.propensity.model.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfusionTest {
  @Test
  void selectsRowsAtTheThresholdAndAbove() {
    Confusion confusion = Confusion.at(Rows.SIX, .5);
    assertThat(confusion).isEqualTo(new Confusion(3, 2, 0, 1));
    assertThat(confusion.selected()).isEqualTo(5);
    assertThat(confusion.rows()).isEqualTo(6);
    assertThat(confusion.selectionRate()).isEqualTo(5 / 6.0);
  }

  @Test
  void reportsRecallPrecisionAndProfit() {
    Confusion confusion = new Confusion(30, 20, 10, 140);
    assertThat(confusion.recall()).isEqualTo(.75);
    assertThat(confusion.precision()).isEqualTo(.6);
    assertThat(confusion.profit(100, 12)).isEqualTo(30 * 100 - 50 * 12);
  }

  @Test
  void selectsNobodyAboveTheHighestScore() {
    Confusion confusion = Confusion.at(Rows.SIX, .95);
    assertThat(confusion).isEqualTo(new Confusion(0, 0, 3, 3));
    assertThat(confusion.precision()).isNaN();
    assertThat(confusion.profit(100, 12)).isZero();
  }
}
