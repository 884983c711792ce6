package dev.propensity.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.propensity.dataset.specification.DatasetSpec.Offer;
import dev.propensity.model.metric.Ranking;
import dev.propensity.model.metric.ScoredRows;
import org.junit.jupiter.api.Test;

class ThresholdTest {
  private static final byte[] LABELS = {1, 0, 1, 0, 0, 0};
  private static final float[] SCORES = {0.9f, 0.8f, 0.6f, 0.4f, 0.2f, 0.1f};

  @Test
  void breaksEvenWhereTheExpectedGainIsTheCost() {
    assertThat(Threshold.breakEven(new Offer(100, 12, "INR"))).isEqualTo(0.12);
    assertThat(Threshold.breakEven(new Offer(10, 0, "EUR"))).isZero();
    assertThat(Threshold.breakEven(new Offer(10, 11, "EUR"))).isEqualTo(1);
  }

  @Test
  void earnsMostOnTheRows() {
    // Contacting the first k earns 10 hits − 3 k: 7, 4, 11, 8, 5, 2.
    assertThat(threshold(10, 3)).isCloseTo((0.6 + 0.4) / 2, within(1e-7));
  }

  @Test
  void contactsFewestWhereSeveralEarnTheSame() {
    // 10 hits − 5 k: 5, 0, 5, 0, … The first and the third have the same profit.
    assertThat(threshold(10, 5)).isCloseTo((0.9 + 0.8) / 2, within(1e-7));
  }

  @Test
  void contactsEverybodyWhereContactsAreFree() {
    byte[] labels = {1, 0, 0, 1};
    float[] scores = {0.9f, 0.8f, 0.6f, 0.4f};
    double all = Threshold.mostProfitable(ranking(labels, scores), new Offer(10, 0, "EUR"));
    assertThat(all).isCloseTo(0.4 / 2, within(1e-7));
  }

  @Test
  void contactsNobodyWhereNoContactPays() {
    assertThat(threshold(10, 11)).isEqualTo(1);
  }

  private static double threshold(double gain, double cost) {
    return Threshold.mostProfitable(ranking(LABELS, SCORES), new Offer(gain, cost, "EUR"));
  }

  private static Ranking ranking(byte[] labels, float[] scores) {
    return Ranking.of(ScoredRows.of("the rows", labels, scores));
  }
}
