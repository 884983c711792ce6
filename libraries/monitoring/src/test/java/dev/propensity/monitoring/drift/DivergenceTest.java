package dev.propensity.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.propensity.model.metric.Significance;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@link Psi}, {@link Pearson} and {@link PooledBins}. */
class DivergenceTest {
  private static final PooledBins BINS =
      new PooledBins(Expected.numbers("/before"), Expected.numbers("/window"));

  @Test
  void psiIsThatOfTheShares() {
    // The shares are .5 .3 .15 .05 and .4 .3 .2 .1.
    double byHand =
        -0.1 * Math.log(0.8) + 0.05 * Math.log(0.2 / 0.15) + 0.05 * Math.log(0.1 / 0.05);
    assertThat(Psi.of(BINS)).isCloseTo(byHand, within(1e-15));
    assertThat(Psi.of(BINS)).isCloseTo(Expected.number("/psi"), within(1e-14));
  }

  @Test
  void theEffectIsWithoutWhatChanceMakes() {
    assertThat(Psi.corrected(BINS)).isCloseTo(Expected.number("/corrected"), within(1e-14));
    PooledBins same = new PooledBins(new double[] {50, 50}, new double[] {51, 49});
    assertThat(Psi.corrected(same)).isZero();
  }

  @Test
  void anEmptyBinCountsAsHalfARow() {
    PooledBins bins = new PooledBins(new double[] {50, 50}, new double[] {10, 0});
    double byHand = 0.5 * Math.log(2) + (0.05 - 0.5) * Math.log(0.1);
    assertThat(Psi.of(bins)).isCloseTo(byHand, within(1e-15));
  }

  @Test
  void pearsonsStatisticAndPValueAreThoseOfScipy() {
    Pearson pearson = Pearson.of(BINS);
    assertThat(pearson.statistic()).isCloseTo(Expected.number("/pearson"), within(1e-12));
    assertThat(pearson.degrees()).isEqualTo(3);
    assertThat(pearson.pValue()).isCloseTo(Expected.number("/p"), within(1e-12));
    assertThat(pearson.pValue(2)).isCloseTo(Expected.number("/p2"), within(1e-12));
  }

  @Test
  void oneDirectionCanHaveAllThatWindowsVaryMore() {
    // X² is about χ²(3) of mean 3 and (1 + 4) χ²(1), of mean 4 · 2 in all.
    double direction = (40.0 - 3) / 5;
    assertThat(new Pearson(40, 4).pValueOneWay(2))
        .isCloseTo(Significance.pValue(Math.sqrt(direction)), within(1e-12));
    assertThat(new Pearson(2, 4).pValueOneWay(2)).isEqualTo(1);
    // One bin has one direction.
    Pearson one = new Pearson(7, 1);
    assertThat(one.pValueOneWay(2)).isCloseTo(one.pValue(2), within(1e-12));
    assertThat(one.pValueOneWay(1)).isCloseTo(one.pValue(), within(1e-12));
  }

  @Test
  void theDistanceIsTheLogarithmOfTheStatisticByItsDegrees() {
    Pearson pearson = Pearson.of(BINS);
    assertThat(pearson.distance()).isCloseTo(Expected.number("/distance"), within(1e-12));
    assertThat(pearson.distanceVariance())
        .isCloseTo(Expected.number("/distanceVariance"), within(1e-9));
    assertThat(new Pearson(0, 3).distance()).isEqualTo(Math.log(0.01));
  }

  @Test
  void nothingIsComparedWithoutRowsOrWithOneBin() {
    PooledBins empty = new PooledBins(new double[] {5, 5}, new double[2]);
    PooledBins one = new PooledBins(new double[] {5}, new double[] {9});
    for (PooledBins bins : new PooledBins[] {empty, one}) {
      assertThat(Pearson.of(bins).pValue()).isEqualTo(1);
      assertThat(Pearson.of(bins).pValueOneWay(2)).isEqualTo(1);
      assertThat(Psi.corrected(bins)).isZero();
    }
  }

  @Test
  void binsThatExpectFewerThanFiveRowsArePooledWithEachOther() {
    // A window of 100 expects 50, 3, 40, 4, 2 and 1 rows: 3 + 4 are pooled, 2 + 1 join them.
    long[] before = {500, 30, 400, 40, 20, 10};
    long[] window = {50, 1, 45, 2, 2, 0};
    PooledBins bins = PooledBins.of(before, window, IntStream.range(0, 6).toArray());
    assertThat(bins.before()).containsExactly(500, 400, 100);
    assertThat(bins.window()).containsExactly(50, 45, 5);
  }

  @Test
  void smallBinsArePooledInTheBaselinesOrder() {
    long[] before = {30, 500, 40, 30, 400};
    long[] window = {3, 50, 7, 0, 40};
    PooledBins bins = PooledBins.of(before, window, new int[] {2, 0, 1, 3, 4});
    // Bins 2 and 0 expect 4 + 3 rows, bin 3 alone 3: it joins bin 1, which is before it.
    assertThat(bins.before()).containsExactly(70, 530, 400);
    assertThat(bins.window()).containsExactly(10, 50, 40);
  }

  @Test
  void ofAVerySmallWindowOneBinIsLeft() {
    PooledBins bins = PooledBins.of(new long[] {5, 5}, new long[] {1, 0}, new int[] {0, 1});
    assertThat(bins.bins()).isEqualTo(1);
  }
}
