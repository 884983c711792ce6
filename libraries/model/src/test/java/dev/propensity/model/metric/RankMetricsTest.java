package dev.propensity.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * The metrics that depend on the order of the scores alone, with expected values calculated by
 * hand.
 */
class RankMetricsTest {
  private static final Ranking SIX = Ranking.of(Rows.SIX);

  @Test
  void ranksRowsOfEqualScoreAsOneStep() {
    assertThat(SIX.steps()).isEqualTo(5);
    assertThat(SIX.score(0)).isEqualTo(.9f);
    assertThat(SIX.score(4)).isEqualTo(.2f);
    assertThat(SIX.selected(3)).isEqualTo(5);
    assertThat(SIX.hits(3)).isEqualTo(3);
    assertThat(SIX.selected(-1)).isZero();
    assertThat(SIX.hits(-1)).isZero();
    assertThat(SIX.rows()).isEqualTo(6);
    assertThat(Ranking.of(Rows.of("11100", 0, 0, 0, 0, 0)).negatives()).isEqualTo(2);
  }

  @Test
  void takesBothZeroesForOneScore() {
    assertThat(Ranking.of(Rows.of("1100", 0.0, -0.0, 0.5, -0.0)).steps()).isEqualTo(2);
  }

  @Test
  void countsPairsInRightOrderForTheAuc() {
    // .9 beats three negatives, .7 two, .5 one and ties with one: 6.5 of 9 pairs.
    assertThat(RocAuc.of(SIX)).isEqualTo(6.5 / 9);
  }

  @Test
  void knowsThePerfectTheInvertedAndTheEmptyRanking() {
    assertThat(RocAuc.of(Ranking.of(Rows.of("1100", .4, .3, .2, .1)))).isEqualTo(1);
    assertThat(RocAuc.of(Ranking.of(Rows.of("0011", .4, .3, .2, .1)))).isZero();
    assertThat(RocAuc.of(Ranking.of(Rows.of("1010", .3, .3, .3, .3)))).isEqualTo(.5);
  }

  @Test
  void averagesPrecisionOverStepsOfRecall() {
    // Recall steps at .9 (precision 1 of 1), .7 (2 of 3) and .5 (3 of 5), each by a third.
    assertThat(AveragePrecision.of(SIX)).isCloseTo((1 + 2 / 3.0 + 3 / 5.0) / 3, within(1e-15));
  }

  @Test
  void findsTheLargestDistanceOfTheDistributions() {
    // At .9: 1/3 - 0; at .8: 1/3 - 1/3; at .7: 2/3 - 1/3; at .5: 1 - 2/3.
    assertThat(KolmogorovSmirnov.of(SIX)).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(KolmogorovSmirnov.of(Ranking.of(Rows.of("0011", .4, .3, .2, .1)))).isEqualTo(1);
  }

  @Test
  void expectsHitsAmongTies() {
    assertThat(SIX.expectedHits(0)).isZero();
    assertThat(SIX.expectedHits(1)).isEqualTo(1);
    assertThat(SIX.expectedHits(1.5)).isEqualTo(1);
    assertThat(SIX.expectedHits(2.5)).isEqualTo(1.5);
    assertThat(SIX.expectedHits(4)).isEqualTo(2.5); // one of two tied rows, one of them positive
    assertThat(SIX.expectedHits(6)).isEqualTo(3);
  }

  @Test
  void reportsGainAndLiftOfTheFirstRows() {
    // The first half are three rows with two of the three positives.
    assertThat(Gain.of(SIX, .5)).isEqualTo(2 / 3.0);
    assertThat(Gain.lift(SIX, .5)).isEqualTo(4 / 3.0);
    assertThat(Gain.of(SIX, 1)).isEqualTo(1);
    assertThat(Gain.lift(SIX, 1)).isEqualTo(1);
  }

  @Test
  void theIntervalOfTheLiftIsThatOfTheGainAsAShareOfThePositives() {
    Interval share = new Proportion(2, 3).interval();
    Interval lift = Gain.liftInterval(SIX, .5);
    assertThat(lift.value()).isEqualTo(4 / 3.0);
    assertThat(lift.low()).isEqualTo(2 * share.low());
    assertThat(lift.high()).isEqualTo(2 * share.high());
  }
}
