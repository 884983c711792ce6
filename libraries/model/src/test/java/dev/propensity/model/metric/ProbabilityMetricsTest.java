package dev.propensity.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The metrics of scores as probabilities, with expected values calculated by hand. */
class ProbabilityMetricsTest {
  /** Scores that a float holds exactly. */
  private static final ScoredRows FOUR = Rows.of("1010", .75, .5, .25, .25);

  @Test
  void averagesTheLogarithmOfTheLikelihood() {
    // Likelihoods of the labels: 3/4, 1/2, 1/4, 3/4.
    double expected = -(2 * Math.log(.75) + Math.log(.5) + Math.log(.25)) / 4;
    assertThat(LogLoss.of(FOUR)).isCloseTo(expected, within(1e-15));
  }

  @Test
  void staysFiniteForACertainModelThatErrs() {
    // One of four rows has the largest error: 52 ln 2 / 4.
    assertThat(LogLoss.of(Rows.of("1100", 1, 0, 0, 0)))
        .isCloseTo(52 * Math.log(2) / 4, within(1e-12));
  }

  @Test
  void averagesSquaredErrors() {
    // Errors 1/4, 1/2, 3/4, 1/4: squares 1 + 4 + 9 + 1 of 16.
    assertThat(Brier.of(FOUR)).isEqualTo(15 / 16.0 / 4);
  }

  @Test
  void lossesHaveIntervalsByTheVarianceOfTheRows() {
    // Squared errors 1, 4, 9, 1 of 16: mean 15/4; deviations -11, 1, 21, -11 of 4: squares 684/16.
    Interval brier = Brier.interval(FOUR);
    double half = 1.959964 * Math.sqrt(684 / 16.0 / 256 / 3 / 4);
    assertThat(brier.value()).isEqualTo(15 / 16.0 / 4);
    assertThat(brier.high()).isCloseTo(15 / 16.0 / 4 + half, within(1e-6));
    assertThat(brier.standardError()).isCloseTo(half / 1.959964, within(1e-6));
    double[] losses = {-Math.log(.75), -Math.log(.5), -Math.log(.25), -Math.log(.75)};
    assertThat(LogLoss.interval(FOUR)).isEqualTo(MeanEstimate.of(losses).interval());
    assertThat(LogLoss.interval(FOUR).value()).isCloseTo(LogLoss.of(FOUR), within(1e-15));
  }

  @Test
  void comparesTheMeanScoreWithTheBaseRate() {
    // Score − label: -1/4, 1/2, -3/4, 1/4; mean -1/16; in sixteenths the deviations are
    // -3, 9, -11, 5: squares 236 of 256, over 3 is the variance, over 4 the mean's.
    Interval bias = CalibrationBias.of(FOUR);
    double half = 1.959964 * Math.sqrt(236 / 256.0 / 3 / 4);
    assertThat(bias.value()).isEqualTo(-1 / 16.0);
    assertThat(bias.low()).isCloseTo(-1 / 16.0 - half, within(1e-6));
    assertThat(bias.high()).isCloseTo(-1 / 16.0 + half, within(1e-6));
  }

  @Test
  void keepsTiesTogetherInABinOfTheirMiddleRank() {
    // Middle ranks from below: .25 twice at 1 of 4 (bin 2), .5 at 2.5 (bin 6), .75 at 3.5 (bin 8).
    assertThat(Calibration.bins(Ranking.of(FOUR)))
        .containsExactly(
            new Calibration.Bin(2, .25, .5),
            new Calibration.Bin(1, .5, 0),
            new Calibration.Bin(1, .75, 1));
  }

  @Test
  void dealsRowsEvenlyToTenBins() {
    double[] scores = new double[20];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = i / 32.0;
    }
    List<Calibration.Bin> bins =
        Calibration.bins(Ranking.of(Rows.of("00000000000000000011", scores)));
    assertThat(bins).hasSize(10).allMatch(bin -> bin.rows() == 2);
    assertThat(bins.get(0)).isEqualTo(new Calibration.Bin(2, .5 / 32, 0));
    assertThat(bins.get(9)).isEqualTo(new Calibration.Bin(2, 18.5 / 32, 1));
  }

  @Test
  void weighsTheErrorsOfBinsByTheirRows() {
    // 2 x |1/4 - 1/2| + 1 x |1/2 - 0| + 1 x |3/4 - 1| = 5/4, over 4 rows.
    assertThat(Calibration.error(Calibration.bins(Ranking.of(FOUR)))).isEqualTo(5 / 16.0);
  }
}
