package dev.propensity.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationMetricsTest {
  /**
   * Eight rows: of the four of score {@code low} one is positive, of the four of {@code high}
   * three.
   */
  private static ScoredRows rows(float low, float high) {
    byte[] labels = {1, 0, 0, 0, 1, 1, 1, 0};
    return ScoredRows.of(
        "the rows", labels, new float[] {low, low, low, low, high, high, high, high});
  }

  // Worked by hand: the rates are 1/4 and 3/4, log-odds of -ln 3 and ln 3.
  @Test
  void isOneWhereScoresAreTheRates() {
    ScoredRows rows = rows(.25f, .75f);
    assertThat(CalibrationSlope.of(rows).value()).isCloseTo(1, within(1e-6));
    assertThat(CalibrationSlope.intercept(rows).value()).isCloseTo(0, within(1e-6));
  }

  // Worked by hand: the scores' log-odds are half of the rates', -ln 3 / 2 and ln 3 / 2.
  @Test
  void isTwoWhereLogOddsAreHalfOfTheRates() {
    float high = (float) (Math.sqrt(3) / (1 + Math.sqrt(3)));
    Interval slope = CalibrationSlope.of(rows(1 - high, high));
    assertThat(slope.value()).isCloseTo(2, within(1e-5));
    // The information of the slope is 8 p (1 - p) x^2 = 8 × 3/16 × (ln 3 / 2)^2.
    double information = 1.5 * Math.pow(Math.log(3) / 2, 2);
    assertThat(slope.high() - slope.low())
        .isCloseTo(2 * 1.959963984540054 / Math.sqrt(information), within(1e-4));
  }

  // Worked by hand: the log-odds are 1 too high, as an intercept of -1 tells.
  @Test
  void interceptIsHowFarLogOddsAreOff() {
    float low = (float) Sigmoid.of(-Math.log(3) + 1);
    float high = (float) Sigmoid.of(Math.log(3) + 1);
    assertThat(CalibrationSlope.intercept(rows(low, high)).value()).isCloseTo(-1, within(1e-5));
  }

  @Test
  void isZeroWhereAllScoresAreEqual() {
    assertThat(CalibrationSlope.of(rows(.5f, .5f)).value()).isZero();
    for (int count : new int[] {100, 200_000}) {
      byte[] labels = new byte[count];
      float[] scores = new float[count];
      Arrays.fill(labels, 0, count / 10, (byte) 1);
      Arrays.fill(scores, .1f);
      ScoredRows rows = ScoredRows.of("the rows", labels, scores);
      LogisticLine line = CalibrationSlope.line(rows);
      assertThat(line.slope()).isZero();
      assertThat(Sigmoid.of(line.intercept())).isCloseTo(.1, within(.01));
      double positives = ProfitForecast.of(new Profit(10, 1, .1), line, rows).positives().high();
      assertThat(positives).isBetween(count / 10.0, count / 5.0);
    }
  }

  @Test
  void isFiniteWhereTheScoresSeparateTheLabels() {
    byte[] labels = new byte[20];
    float[] scores = new float[20];
    Arrays.fill(labels, 0, 5, (byte) 1);
    Arrays.fill(scores, .1f);
    Arrays.fill(scores, 0, 5, .9f);
    ScoredRows rows = ScoredRows.of("the rows", labels, scores);
    LogisticLine line = CalibrationSlope.line(rows);
    assertThat(line.slope()).isBetween(.5, 3.0);
    Interval positives = ProfitForecast.of(new Profit(10, 1, .5), line, rows).positives();
    assertThat(positives.low()).isLessThan(4.5);
  }

  // Two groups: 30 of 100 positive at x = 1, 60 of 80 at x = 3. The line goes through both
  // log-odds,
  // whose variances are 1 / (n p (1 - p)).
  @Test
  void theLineThroughTwoGroupsIsAsByHand() {
    double[] x = new double[180];
    double[] targets = new double[180];
    for (int row = 0; row < 180; row++) {
      x[row] = row < 100 ? 1 : 3;
      targets[row] = row < 30 || row >= 120 ? 1 : 0;
    }
    double at1 = Math.log(.3 / .7);
    double at3 = Math.log(.75 / .25);
    double variance1 = 1 / (100 * .3 * .7);
    double variance3 = 1 / (80 * .75 * .25);
    LogisticLine line = LogisticLine.fit(x, targets);
    assertThat(line.slope()).isCloseTo((at3 - at1) / 2, within(1e-8));
    assertThat(line.intercept()).isCloseTo(at1 - (at3 - at1) / 2, within(1e-8));
    assertThat(line.slopeVariance()).isCloseTo((variance1 + variance3) / 4, within(1e-8));
    // intercept = 1.5 at1 - 0.5 at3
    assertThat(line.interceptVariance())
        .isCloseTo(2.25 * variance1 + .25 * variance3, within(1e-8));
    assertThat(line.covariance()).isCloseTo(-.75 * variance1 - .25 * variance3, within(1e-8));
  }

  // Worked by hand: the losses of the first are all ln 2; of the second, -ln(3/4) for six rows and
  // -ln(1/4) for two. The difference has a mean of ln 2 - (6 ln(4/3) + 2 ln 4) / 8.
  @Test
  void logLossDifferenceIsTheMeanOfTheRows() {
    Interval difference = LogLoss.difference(rows(.5f, .5f), rows(.25f, .75f));
    double six = Math.log(2) - Math.log(4.0 / 3);
    double two = Math.log(2) - Math.log(4);
    double mean = (6 * six + 2 * two) / 8;
    double variance = (6 * Math.pow(six - mean, 2) + 2 * Math.pow(two - mean, 2)) / 7 / 8;
    assertThat(difference.value()).isCloseTo(mean, within(1e-9));
    assertThat(difference.high() - mean)
        .isCloseTo(1.959963984540054 * Math.sqrt(variance), within(1e-9));
    ScoredRows others = ScoredRows.of("others", new byte[] {1, 1, 0, 0, 1, 1, 1, 0}, new float[8]);
    assertThatThrownBy(() -> LogLoss.difference(others, rows(.25f, .75f)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // Worked by hand: one bin of 8 rows of score 1/2: sqrt(2/pi × 8 / 4) / 8.
  @Test
  void errorByChanceIsThatOfBinomialNoise() {
    double expected = Math.sqrt(2 / Math.PI * 8 / 4) / 8;
    assertThat(Calibration.errorByChance(List.of(new Calibration.Bin(8, .5, .25))))
        .isCloseTo(expected, within(1e-12));
  }

  // Wilson's interval of 2 of 10: (2 + z²/2) / (10 + z²) ± z sqrt(10 × .2 × .8 + z²/4) / (10 + z²).
  @Test
  void intervalOfABinIsWilsons() {
    Interval interval = new Calibration.Bin(10, .3, .2).interval();
    assertThat(interval.value()).isEqualTo(.2);
    assertThat(interval.low()).isCloseTo(.056682, within(1e-6));
    assertThat(interval.high()).isCloseTo(.509838, within(1e-6));
    assertThat(new Calibration.Bin(10, .3, 0).interval().low()).isZero();
    assertThat(new Calibration.Bin(10, .3, 1).interval().high()).isCloseTo(1, within(1e-12));
  }
}
