package dev.propensity.model.metric;

/**
 * Confidence intervals of the ROC AUC and of the difference of two models' AUC on the same rows, by
 * DeLong, DeLong and Clarke-Pearson (Biometrics 44, 1988), computed from midranks in O(n log n) as
 * Sun and Xu show (IEEE Signal Processing Letters 21, 2014).
 *
 * <p>With midranks T among all m + n rows, among the m positives and among the n negatives:
 *
 * <pre>
 * V10(i) = (T_all(i) − T_positive(i)) / n        for each positive i
 * V01(j) = 1 − (T_all(j) − T_negative(j)) / m    for each negative j
 * variance(AUC) = s²(V10) / m + s²(V01) / n
 * </pre>
 *
 * <p>The difference of two models has the same variance with V10 and V01 replaced by the
 * differences of theirs, row by row: this is var(a) + var(b) − 2 cov(a, b).
 */
public final class DeLong {
  private DeLong() {}

  /** The AUC with its interval, cut to [0, 1]. A model without any error has an empty interval. */
  public static Interval auc(ScoredRows rows) {
    Placements placements = Placements.of(rows);
    Interval interval = Interval.normal(RocAuc.of(Ranking.of(rows)), placements.variance());
    return new Interval(
        interval.value(), Math.max(0, interval.low()), Math.min(1, interval.high()));
  }

  /**
   * AUC of {@code a} − AUC of {@code b} with its interval.
   *
   * @param b scores of another model for the same rows in the same order
   */
  public static Interval difference(ScoredRows a, ScoredRows b) {
    if (!a.hasLabelsOf(b)) {
      throw new IllegalArgumentException("the rows of the two models differ");
    }
    double value = RocAuc.of(Ranking.of(a)) - RocAuc.of(Ranking.of(b));
    return Interval.normal(value, Placements.of(a).minus(Placements.of(b)).variance());
  }

  /** The components V10 of each positive and V01 of each negative, in the order of the rows. */
  private record Placements(double[] positives, double[] negatives) {

    static Placements of(ScoredRows rows) {
      float[] all = new float[rows.rows()];
      float[] positiveScores = new float[rows.positives()];
      float[] negativeScores = new float[rows.negatives()];
      int p = 0;
      int n = 0;
      for (int row = 0; row < all.length; row++) {
        all[row] = rows.score(row);
        if (rows.isPositive(row)) {
          positiveScores[p++] = all[row];
        } else {
          negativeScores[n++] = all[row];
        }
      }
      double[] overall = Midranks.of(all);
      double[] positives = Midranks.of(positiveScores);
      double[] negatives = Midranks.of(negativeScores);
      p = 0;
      n = 0;
      for (int row = 0; row < all.length; row++) {
        if (rows.isPositive(row)) {
          positives[p] = (overall[row] - positives[p]) / rows.negatives();
          p++;
        } else {
          negatives[n] = 1 - (overall[row] - negatives[n]) / rows.positives();
          n++;
        }
      }
      return new Placements(positives, negatives);
    }

    Placements minus(Placements other) {
      return new Placements(minus(positives, other.positives), minus(negatives, other.negatives));
    }

    double variance() {
      return MeanEstimate.of(positives).variance() + MeanEstimate.of(negatives).variance();
    }

    private static double[] minus(double[] a, double[] b) {
      double[] difference = new double[a.length];
      for (int i = 0; i < a.length; i++) {
        difference[i] = a[i] - b[i];
      }
      return difference;
    }
  }
}
