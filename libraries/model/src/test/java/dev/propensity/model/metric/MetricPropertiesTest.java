package dev.propensity.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Properties of the metrics for any rows; scores are coarse, so that many are equal. */
class MetricPropertiesTest {

  @Property(tries = 200)
  void aucIsTheShareOfPairsInRightOrder(
      @ForAll long seed, @ForAll @IntRange(min = 4, max = 60) int n) {
    ScoredRows rows = random(seed, n);
    assertThat(RocAuc.of(Ranking.of(rows))).isCloseTo(pairs(rows), within(1e-12));
  }

  @Property(tries = 200)
  void aucDoesNotChangeWithARisingFunctionOfTheScores(
      @ForAll long seed, @ForAll @IntRange(min = 4, max = 60) int n) {
    ScoredRows rows = random(seed, n);
    ScoredRows squared = mapped(rows, score -> score * score / 2);
    assertThat(RocAuc.of(Ranking.of(squared))).isEqualTo(RocAuc.of(Ranking.of(rows)));
    assertThat(DeLong.auc(squared)).isEqualTo(DeLong.auc(rows));
  }

  @Property(tries = 200)
  void aucOfTheOppositeScoresIsTheOppositeAuc(
      @ForAll long seed, @ForAll @IntRange(min = 4, max = 60) int n) {
    ScoredRows rows = random(seed, n);
    double opposite = RocAuc.of(Ranking.of(mapped(rows, score -> 1 - score)));
    assertThat(opposite).isCloseTo(1 - RocAuc.of(Ranking.of(rows)), within(1e-12));
  }

  @Property(tries = 100)
  void deLongsVarianceIsThatOfAllPairsCounted(
      @ForAll long seed, @ForAll @IntRange(min = 4, max = 40) int n) {
    ScoredRows a = random(seed, n);
    ScoredRows b = rescored(a, seed + 1);
    double half = 1.959963984540054 * Math.sqrt(bruteForceVariance(a, b));
    Interval difference = DeLong.difference(a, b);
    assertThat(difference.value()).isCloseTo(pairs(a) - pairs(b), within(1e-12));
    assertThat(difference.high() - difference.value()).isCloseTo(half, within(1e-9));
  }

  @Property(tries = 100)
  void theDifferenceIsAntisymmetric(@ForAll long seed, @ForAll @IntRange(min = 4, max = 60) int n) {
    ScoredRows a = random(seed, n);
    ScoredRows b = rescored(a, seed + 1);
    Interval forth = DeLong.difference(a, b);
    Interval back = DeLong.difference(b, a);
    assertThat(back.value()).isEqualTo(-forth.value());
    assertThat(back.low()).isCloseTo(-forth.high(), within(1e-12));
    assertThat(DeLong.difference(a, a)).isEqualTo(new Interval(0, 0, 0));
  }

  @Property(tries = 100)
  void theOrderOfRowsDoesNotMatter(@ForAll long seed, @ForAll @IntRange(min = 4, max = 60) int n) {
    ScoredRows rows = random(seed, n);
    byte[] labels = new byte[n];
    float[] scores = new float[n];
    for (int row = 0; row < n; row++) {
      labels[n - 1 - row] = (byte) rows.label(row);
      scores[n - 1 - row] = rows.score(row);
    }
    Ranking reversed = Ranking.of(ScoredRows.of("the test split", labels, scores));
    Ranking ranking = Ranking.of(rows);
    assertThat(AveragePrecision.of(reversed)).isEqualTo(AveragePrecision.of(ranking));
    assertThat(Calibration.bins(reversed)).isEqualTo(Calibration.bins(ranking));
    assertThat(Curve.roc(reversed)).isEqualTo(Curve.roc(ranking));
    assertThat(Gain.of(reversed, .1)).isEqualTo(Gain.of(ranking, .1));
  }

  private static ScoredRows random(long seed, int rows) {
    Random random = new Random(seed);
    byte[] labels = new byte[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = (byte) (row < 2 ? 1 : row < 4 ? 0 : random.nextInt(2));
    }
    return ScoredRows.of("the test split", labels, scores(random, rows));
  }

  private static ScoredRows rescored(ScoredRows rows, long seed) {
    return ScoredRows.of("the test split", labels(rows), scores(new Random(seed), rows.rows()));
  }

  private static float[] scores(Random random, int rows) {
    float[] scores = new float[rows];
    for (int row = 0; row < rows; row++) {
      scores[row] = random.nextInt(17) / 16f;
    }
    return scores;
  }

  private static byte[] labels(ScoredRows rows) {
    byte[] labels = new byte[rows.rows()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = (byte) rows.label(row);
    }
    return labels;
  }

  private interface Change {
    float of(float score);
  }

  private static ScoredRows mapped(ScoredRows rows, Change change) {
    float[] scores = new float[rows.rows()];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = change.of(rows.score(row));
    }
    return ScoredRows.of("the test split", labels(rows), scores);
  }

  private static double won(ScoredRows rows, int positive, int negative) {
    return (1 + Math.signum(rows.score(positive) - rows.score(negative))) / 2;
  }

  private static double pairs(ScoredRows rows) {
    double sum = 0;
    for (int i = 0; i < rows.rows(); i++) {
      for (int j = 0; j < rows.rows(); j++) {
        sum += rows.isPositive(i) && !rows.isPositive(j) ? won(rows, i, j) : 0;
      }
    }
    return sum / rows.positives() / rows.negatives();
  }

  /** The definition of DeLong et al.: a mean over the other class for each row. */
  private static double bruteForceVariance(ScoredRows a, ScoredRows b) {
    double mean = pairs(a) - pairs(b);
    double positive = 0;
    double negative = 0;
    for (int i = 0; i < a.rows(); i++) {
      double component = 0;
      for (int j = 0; j < a.rows(); j++) {
        if (a.isPositive(i) && !a.isPositive(j)) {
          component += (won(a, i, j) - won(b, i, j)) / a.negatives();
        } else if (!a.isPositive(i) && a.isPositive(j)) {
          component += (won(a, j, i) - won(b, j, i)) / a.positives();
        }
      }
      double square = (component - mean) * (component - mean);
      positive += a.isPositive(i) ? square : 0;
      negative += a.isPositive(i) ? 0 : square;
    }
    return positive / (a.positives() - 1) / a.positives()
        + negative / (a.negatives() - 1) / a.negatives();
  }
}
