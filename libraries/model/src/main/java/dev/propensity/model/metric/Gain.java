package dev.propensity.model.metric;

/**
 * Gain and lift of contacting only the customers with the highest scores.
 *
 * <pre>
 * gain(q) = positives among the first q × rows / positives
 * lift(q) = gain(q) / q
 * </pre>
 *
 * <p>Where the cut falls among rows of equal score, or inside a row, the expected number counts
 * ({@link Ranking#expectedHits}).
 */
public final class Gain {
  private Gain() {}

  /**
   * The share of all positives that is among the highest scores.
   *
   * @param share of the rows that is contacted, in (0, 1]
   */
  public static double of(Ranking ranking, double share) {
    return ranking.expectedHits(share * ranking.rows()) / ranking.positives();
  }

  /**
   * The lift with its 95% interval: Wilson's interval of the gain, which is a share of the
   * positives, divided by the share of rows.
   *
   * @param share of the rows that is contacted, in (0, 1]
   */
  public static Interval liftInterval(Ranking ranking, double share) {
    return Proportion.wilson(of(ranking, share), ranking.positives()).times(1 / share);
  }

  /**
   * How many times more positives there are among the highest scores than among as many random
   * rows.
   *
   * @param share of the rows that is contacted, in (0, 1]
   */
  public static double lift(Ranking ranking, double share) {
    return of(ranking, share) / share;
  }
}
