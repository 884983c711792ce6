package dev.propensity.model.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.propensity.model.evaluation.Evaluation.Metrics;
import dev.propensity.model.metric.Interval;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The metrics on the test rows that are not copies: their features do not occur outside the test
 * split. They decide on the release, unless the copies are a coincidence. All but the counts is
 * null where fewer than two rows of a label are left.
 *
 * @param coincidence whether the copies are no duplicates by their labels
 * @param copies how many test rows were left out
 * @param rows how many are left
 * @param positives among them
 * @param candidate the model's metrics
 * @param champion the champion's on the same rows; null where there is none
 * @param difference the candidate's AUC − the champion's; null where there is no champion
 * @param logLossDifference the same of the log loss
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WithoutCopies(
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean coincidence,
    int copies,
    int rows,
    int positives,
    @Nullable SortedMap<String, Double> candidate,
    @Nullable SortedMap<String, Double> champion,
    @Nullable Interval difference,
    @JsonProperty("log_loss_difference") @Nullable Interval logLossDifference) {

  /** Where there are no metrics. */
  static WithoutCopies tooFew(TestCopies copies, int rows, int positives) {
    int count = copies.rows().cardinality();
    return new WithoutCopies(copies.coincidence(), count, rows, positives, null, null, null, null);
  }

  static WithoutCopies of(TestCopies copies, Evaluation rest) {
    Metrics champion = rest.champion();
    return new WithoutCopies(
        copies.coincidence(),
        copies.rows().cardinality(),
        rest.rows(),
        rest.positives(),
        rest.candidate().scalars(),
        champion == null ? null : champion.scalars(),
        rest.difference(),
        rest.logLossDifference());
  }
}
