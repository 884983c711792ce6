package dev.propensity.model.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model's metrics on the rows with one value of a sensitive column.
 *
 * @param value the column's value; empty where it is missing
 * @param rows how many
 * @param positives among them
 * @param selectionRate the share of them at or above the threshold
 * @param recall the share of their positives at or above the threshold; null where there are none
 * @param meanScore their mean score: beside {@code baseRate}, how well it is calibrated for them
 * @param baseRate the share of positives among them
 * @param statistics intervals and differences; null with fewer than 30 positives, on which the
 *     metrics are mostly chance, and in documents of earlier schemas
 */
public record Group(
    String value,
    int rows,
    int positives,
    @JsonProperty("selection_rate") double selectionRate,
    @Nullable Double recall,
    @JsonProperty("mean_score") double meanScore,
    @JsonProperty("base_rate") double baseRate,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GroupStatistics statistics) {

  /**
   * The groups of a column, by value.
   *
   * @param rows all rows
   * @param threshold from which on a row is selected
   * @param values the column's value in each row
   */
  public static List<Group> of(ScoredRows rows, double threshold, String[] values) {
    if (values.length != rows.rows()) {
      throw new IllegalArgumentException(values.length + " values, " + rows.rows() + " rows");
    }
    return new GroupComparison(rows, threshold, values).groups();
  }
}
