package dev.propensity.model.metric;

/**
 * The area under the ROC curve: the probability that a random positive row has a higher score than
 * a random negative one, ties counting half (Hanley and McNeil, Radiology 143, 1982).
 *
 * <pre>AUC = (#{positive &gt; negative} + #{positive = negative} / 2) / (positives × negatives)
 * </pre>
 *
 * <p>The pairs are counted in whole numbers, so that the value is the same for every order of rows.
 */
public final class RocAuc {
  private RocAuc() {}

  /** The area in [0, 1]; 0.5 means that scores are unrelated to labels. */
  public static double of(Ranking ranking) {
    long halves = 0;
    for (int step = 0; step < ranking.steps(); step++) {
      long above = ranking.hits(step - 1);
      long positives = ranking.hits(step) - above;
      long negatives = ranking.selected(step) - ranking.selected(step - 1) - positives;
      halves += negatives * (2 * above + positives);
    }
    return (double) halves / (2L * ranking.positives() * ranking.negatives());
  }
}
