package dev.propensity.model.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How sure a group's metrics are: 95% intervals, and the differences from the rows of all other
 * groups.
 *
 * @param selectionRate the share of the group's rows at or above the threshold
 * @param recall of its positives
 * @param baseRate the share of positives
 * @param calibration mean score − base rate
 * @param slope the calibration slope; null with fewer than 100 rows of a label, or where all have
 *     one score
 * @param selectionDifference the selection rate − that of the others; null where these have fewer
 *     than 30 positives
 * @param recallDifference the recall − that of the others; null likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GroupStatistics(
    @JsonProperty("selection_rate") Interval selectionRate,
    Interval recall,
    @JsonProperty("base_rate") Interval baseRate,
    TestedInterval calibration,
    @Nullable Interval slope,
    @JsonProperty("selection_difference") @Nullable TestedInterval selectionDifference,
    @JsonProperty("recall_difference") @Nullable TestedInterval recallDifference) {
  /** With fewer rows of a label, there is no calibration slope. */
  public static final int FEWEST_FOR_SLOPE = 100;
}
