package dev.propensity.model.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * How well scores are probabilities, in {@value #BINS} bins of about equal numbers of rows.
 *
 * <p>Rows of equal score stay together: they belong to the bin in which their middle rank lies,
 * {@code ⌊10 × (rows of lower score + half of their own) / rows⌋}. So the order of rows never
 * matters; a bin into which none falls is left out. Bins of equal numbers rather than of equal
 * width because few customers have high scores (Nixon et al., Measuring Calibration in Deep
 * Learning, 2019).
 */
public final class Calibration {
  /** The number of bins. */
  public static final int BINS = 10;

  private Calibration() {}

  /**
   * Rows of similar score.
   *
   * @param rows how many
   * @param score their mean score
   * @param rate the share of positives among them
   */
  public record Bin(int rows, double score, double rate) {
    /** The share of positives with Wilson's 95% interval; see {@link Proportion#interval}. */
    public Interval interval() {
      return Proportion.wilson(rate, rows);
    }
  }

  /** The bins from the lowest scores to the highest. */
  public static List<Bin> bins(Ranking ranking) {
    int[] rows = new int[BINS];
    int[] positives = new int[BINS];
    double[] scores = new double[BINS];
    for (int step = 0; step < ranking.steps(); step++) {
      int above = ranking.selected(step - 1);
      int count = ranking.selected(step) - above;
      long doubledRank = 2L * (ranking.rows() - ranking.selected(step)) + count;
      int bin = (int) (BINS * doubledRank / (2L * ranking.rows()));
      rows[bin] += count;
      positives[bin] += ranking.hits(step) - ranking.hits(step - 1);
      scores[bin] += (double) count * ranking.score(step);
    }
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      if (rows[bin] > 0) {
        bins.add(new Bin(rows[bin], scores[bin] / rows[bin], (double) positives[bin] / rows[bin]));
      }
    }
    return List.copyOf(bins);
  }

  /**
   * The expected calibration error: the mean distance of mean score and share of positives in a bin
   * over the bins, weighted by their rows (Naeini, Cooper and Hauskrecht, AAAI 2015).
   *
   * @return in [0, 1]; lower is better
   */
  public static double error(List<Bin> bins) {
    double sum = 0;
    long rows = 0;
    for (Bin bin : bins) {
      sum += bin.rows() * Math.abs(bin.score() - bin.rate());
      rows += bin.rows();
    }
    return sum / rows;
  }

  /**
   * The error that perfectly calibrated scores would have by chance, to compare {@link #error}
   * with: a bin's share of positives then deviates from the mean score like a normal variable.
   *
   * <pre>
   * E|rate − score| = √(2/π × Σ p(1 − p)) / n    over the bin's n rows
   * </pre>
   *
   * <p>The bin's rows are taken to have its mean score, which makes it a little too high.
   */
  public static double errorByChance(List<Bin> bins) {
    double sum = 0;
    long rows = 0;
    for (Bin bin : bins) {
      sum += StrictMath.sqrt(2 / Math.PI * bin.rows() * bin.score() * (1 - bin.score()));
      rows += bin.rows();
    }
    return sum / rows;
  }
}
