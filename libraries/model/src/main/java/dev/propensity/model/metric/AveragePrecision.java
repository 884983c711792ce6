package dev.propensity.model.metric;

/**
 * Average precision: the mean of precision over the steps of recall, without interpolation (as
 * scikit-learn's {@code average_precision_score}).
 *
 * <pre>AP = Σ (recall(k) − recall(k − 1)) × precision(k)    over the different scores k, falling
 * </pre>
 */
public final class AveragePrecision {
  private AveragePrecision() {}

  /** The average precision in (0, 1]; a random model reaches the base rate. */
  public static double of(Ranking ranking) {
    double sum = 0;
    for (int step = 0; step < ranking.steps(); step++) {
      double precision = (double) ranking.hits(step) / ranking.selected(step);
      sum += (ranking.hits(step) - ranking.hits(step - 1)) * precision;
    }
    return sum / ranking.positives();
  }
}
