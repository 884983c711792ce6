package dev.propensity.monitoring.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.propensity.dataset.specification.DatasetSpec.Offer;
import dev.propensity.model.metric.Interval;
import dev.propensity.model.metric.Proportion;
import dev.propensity.model.prediction.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What contacts add: customers from the threshold on who were contacted, against those from the
 * threshold on whom {@code offer.control} left out.
 *
 * @param contacted how many were contacted
 * @param control how many were not
 * @param controlRate the share of positives without a contact
 * @param tooFew whether a group has fewer than 30 customers, or both have fewer than 30 positives
 *     together
 * @param difference of the rates, with Newcombe's interval; null if there are too few
 * @param pValue of the difference; null likewise
 * @param profit of a contact: gain × difference − cost; null likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Increment(
    int contacted,
    int control,
    @JsonProperty("contacted_rate") Interval contactedRate,
    @JsonProperty("control_rate") Interval controlRate,
    @JsonProperty("too_few") boolean tooFew,
    @Nullable Interval difference,
    @JsonProperty("p_value") @Nullable Double pValue,
    @JsonProperty("profit_per_contact") @Nullable Interval profit) {

  /**
   * The increment of the rows from the threshold on; null where one of the groups is empty.
   *
   * @param rows all of the window
   */
  static @Nullable Increment of(Offer offer, double threshold, List<LiveRow> rows) {
    List<LiveRow> selectable = rows.stream().filter(row -> row.score() >= threshold).toList();
    List<LiveRow> control =
        selectable.stream().filter(row -> row.selection() == Selection.CONTROL).toList();
    List<LiveRow> contacted =
        selectable.stream()
            .filter(row -> row.selection() != Selection.CONTROL && row.isContacted())
            .toList();
    if (control.isEmpty() || contacted.isEmpty()) {
      return null;
    }
    Proportion with = proportion(contacted);
    Proportion without = proportion(control);
    boolean tooFew =
        Math.min(with.rows(), without.rows()) < Quality.FEWEST
            || with.hits() + without.hits() < Quality.FEWEST;
    Interval difference = tooFew ? null : with.minus(without);
    return new Increment(
        with.rows(),
        without.rows(),
        with.interval(),
        without.interval(),
        tooFew,
        difference,
        tooFew ? null : with.pValue(without),
        difference == null
            ? null
            : new Interval(
                offer.gain() * difference.value() - offer.cost(),
                offer.gain() * difference.low() - offer.cost(),
                offer.gain() * difference.high() - offer.cost()));
  }

  private static Proportion proportion(List<LiveRow> rows) {
    return new Proportion((int) rows.stream().filter(LiveRow::isPositive).count(), rows.size());
  }
}
