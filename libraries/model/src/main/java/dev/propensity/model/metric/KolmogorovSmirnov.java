package dev.propensity.model.metric;

/**
 * The two-sample Kolmogorov-Smirnov statistic: the largest distance of the score's distributions
 * among positives and among negatives.
 *
 * <pre>KS = max over scores s of |P(score ≥ s | positive) − P(score ≥ s | negative)|</pre>
 */
public final class KolmogorovSmirnov {
  private KolmogorovSmirnov() {}

  /** The statistic in [0, 1]. */
  public static double of(Ranking ranking) {
    double largest = 0;
    for (int step = 0; step < ranking.steps(); step++) {
      int hits = ranking.hits(step);
      double recall = (double) hits / ranking.positives();
      double fallout = (double) (ranking.selected(step) - hits) / ranking.negatives();
      largest = Math.max(largest, Math.abs(recall - fallout));
    }
    return largest;
  }
}
