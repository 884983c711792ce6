package dev.propensity.model;

import dev.propensity.dataset.specification.DatasetSpec.Offer;
import dev.propensity.model.metric.Ranking;

/** The score from which a contact is profitable. */
public final class Threshold {
  /** The threshold where no contact is profitable. */
  private static final double NO_CONTACT = 1;

  private Threshold() {}

  /**
   * The probability of a positive at which a contact's expected gain equals its cost. With
   * calibrated scores it is the best threshold, and has no noise of the rows.
   */
  public static double breakEven(Offer offer) {
    return Math.min(offer.cost() / offer.gain(), NO_CONTACT);
  }

  /**
   * The threshold with the highest profit on these rows, {@code gain × positives − cost ×
   * contacts}, to compare with {@link #breakEven}. Of several with the same profit, the one with
   * the fewest contacts is chosen. It lies midway to the next lower score, so that rounding does
   * not move a row across it.
   */
  static double mostProfitable(Ranking ranking, Offer offer) {
    int best = -1;
    double most = 0;
    for (int step = 0; step < ranking.steps(); step++) {
      double profit = offer.gain() * ranking.hits(step) - offer.cost() * ranking.selected(step);
      if (profit > most) {
        most = profit;
        best = step;
      }
    }
    if (best < 0) {
      return NO_CONTACT;
    }
    double lower = best + 1 < ranking.steps() ? ranking.score(best + 1) : 0;
    return (ranking.score(best) + lower) / 2;
  }
}
