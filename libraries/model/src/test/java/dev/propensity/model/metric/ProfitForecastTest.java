package dev.propensity.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProfitForecastTest {
  private static final Profit OFFER = new Profit(100, 12, 0.12);
  private static final LogisticLine CERTAIN = new LogisticLine(1, 0, 0, 0, 0);

  @Test
  void withACertainCalibrationOnlyChanceIsUncertain() {
    ProfitForecast forecast = new ProfitForecast(OFFER, CERTAIN);
    forecast.add(0.5f);
    forecast.add(0.25f);
    forecast.add(0.1f); // below the threshold
    Interval positives = forecast.positives();
    assertThat(positives.value()).isCloseTo(0.75, within(1e-12));
    // variance 0.25 + 0.1875; cut to at most both rows
    assertThat(positives.low()).isZero();
    assertThat(positives.high()).isEqualTo(2);
    assertThat(forecast.profit().value()).isCloseTo(75 - 24, within(1e-9));
    assertThat(forecast.profit().low()).isEqualTo(-24);
    assertThat(forecast.profit().high()).isEqualTo(176);
  }

  @Test
  void addsTheUncertaintyOfTheLineByTheDeltaMethod() {
    LogisticLine line = new LogisticLine(1.1, -0.2, 0.04, 0.09, -0.03);
    ProfitForecast forecast = new ProfitForecast(OFFER, line);
    int rows = 1000;
    double logOdds = Sigmoid.logOdds(0.2f);
    for (int row = 0; row < rows; row++) {
      forecast.add(0.2f);
    }
    double q = Sigmoid.of(1.1 * logOdds - 0.2);
    double weight = rows * q * (1 - q);
    double ofLine = 0.09 + 2 * logOdds * -0.03 + logOdds * logOdds * 0.04;
    double half = 1.959963984540054 * Math.sqrt(weight + weight * weight * ofLine);
    assertThat(forecast.positives().value()).isCloseTo(rows * q, within(1e-7));
    assertThat(forecast.positives().high()).isCloseTo(rows * q + half, within(1e-6));
    assertThat(forecast.profit().low())
        .isCloseTo(100 * (rows * q - half) - 12 * rows, within(1e-4));
  }

  @Test
  void aContactCountsWhateverItsScore() {
    ProfitForecast forecast = new ProfitForecast(OFFER, CERTAIN);
    forecast.addContact(0.1f);
    forecast.add(0.1f);
    assertThat(forecast.contacts()).isEqualTo(1);
    assertThat(forecast.profit().value()).isCloseTo(100 * 0.1 - 12, within(1e-5));
    assertThat(forecast.profitStandardError()).isCloseTo(100 * 0.3, within(1e-4));
  }

  @Test
  void noContactsGiveNoProfit() {
    ProfitForecast forecast = new ProfitForecast(OFFER, CERTAIN);
    forecast.add(0.01f);
    assertThat(forecast.profit()).isEqualTo(new Interval(0, 0, 0));
  }

  @Test
  void isFiniteForScoresOfZeroAndOne() {
    ProfitForecast forecast = new ProfitForecast(new Profit(1, 0.5, 0), CERTAIN);
    forecast.add(0f);
    forecast.add(1f);
    assertThat(forecast.profit().value()).isCloseTo(0, within(1e-6));
    assertThat(forecast.profit().high()).isFinite();
  }

  /** Rows with true probabilities; a line fitted to half of them forecasts the others. */
  @Test
  void coversTheOutcomeInNineteenOfTwentyDraws() {
    SplittableRandom random = new SplittableRandom(7);
    int covered = 0;
    int coveredByChanceAlone = 0;
    int draws = 1000;
    for (int draw = 0; draw < draws; draw++) {
      Profit profit = new Profit(100, 12, 0.12);
      ScoredRows known = rows(random, 400);
      ScoredRows fresh = rows(random, 600);
      LogisticLine line = CalibrationSlope.line(known);
      double outcome = profit.of(fresh);
      covered += contains(ProfitForecast.of(profit, line, fresh).profit(), outcome) ? 1 : 0;
      LogisticLine fixed = new LogisticLine(line.slope(), line.intercept(), 0, 0, 0);
      coveredByChanceAlone +=
          contains(ProfitForecast.of(profit, fixed, fresh).profit(), outcome) ? 1 : 0;
    }
    assertThat(covered).isBetween(930, 970);
    assertThat(coveredByChanceAlone).isLessThan(850);
  }

  private static boolean contains(Interval interval, double value) {
    return interval.low() <= value && value <= interval.high();
  }

  /** Scores whose log-odds are half of the true ones, as of a model with strong regularization. */
  private static ScoredRows rows(SplittableRandom random, int count) {
    byte[] labels = new byte[count];
    float[] scores = new float[count];
    for (int row = 0; row < count; row++) {
      double logOdds = -2 + 3 * (random.nextDouble() - 0.5);
      labels[row] = (byte) (random.nextDouble() < Sigmoid.of(logOdds) ? 1 : 0);
      scores[row] = (float) Sigmoid.of(-1.5 + logOdds / 2);
    }
    return ScoredRows.of("the rows", labels, scores);
  }
}
