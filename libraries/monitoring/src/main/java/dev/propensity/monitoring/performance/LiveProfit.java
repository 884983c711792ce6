package dev.propensity.monitoring.performance;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.propensity.dataset.specification.DatasetSpec.Offer;
import dev.propensity.model.metric.Interval;
import dev.propensity.model.metric.LogisticLine;
import dev.propensity.model.metric.Profit;
import dev.propensity.model.metric.ProfitForecast;
import dev.propensity.model.metric.Proportion;
import java.util.List;
import java.util.Optional;

/**
 * What contacts were expected to earn, and what they earned.
 *
 * @param promised by the scores, with the interval of chance and calibration
 * @param earned with the interval of the share of positives
 * @param standardErrors earned − promised, in standard errors of the promise
 */
public record LiveProfit(
    long contacts,
    String currency,
    Interval promised,
    Interval earned,
    @JsonProperty("standard_errors") double standardErrors) {
  private static final LogisticLine AS_SCORED = new LogisticLine(1, 0, 0, 0, 0);

  /**
   * The profit of these contacts.
   *
   * @param line of the model's calibration; without it, scores count as they are, without variance
   *     of their own
   * @param contacted at least one
   */
  static LiveProfit of(Offer offer, Optional<LogisticLine> line, List<LiveRow> contacted) {
    Profit everybody = new Profit(offer.gain(), offer.cost(), 0);
    ProfitForecast forecast = new ProfitForecast(everybody, line.orElse(AS_SCORED));
    int positives = 0;
    for (LiveRow row : contacted) {
      forecast.addContact(row.score());
      positives += row.isPositive() ? 1 : 0;
    }
    int contacts = contacted.size();
    Interval rate = new Proportion(positives, contacts).interval();
    double earned = offer.gain() * positives - offer.cost() * contacts;
    Interval promised = forecast.profit();
    double error = forecast.profitStandardError();
    return new LiveProfit(
        contacts,
        offer.currency(),
        promised,
        new Interval(
            earned,
            (offer.gain() * rate.low() - offer.cost()) * contacts,
            (offer.gain() * rate.high() - offer.cost()) * contacts),
        error == 0 ? 0 : (earned - promised.value()) / error);
  }
}
