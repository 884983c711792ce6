package dev.propensity.model.metric;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
 */
public record Group(
    String value,
    int rows,
    int positives,
    @JsonProperty("selection_rate") double selectionRate,
    @Nullable Double recall,
    @JsonProperty("mean_score") double meanScore,
    @JsonProperty("base_rate") double baseRate) {

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
    SortedMap<String, Sums> sums = new TreeMap<>();
    for (int row = 0; row < values.length; row++) {
      sums.computeIfAbsent(values[row], value -> new Sums())
          .add(rows.score(row), rows.label(row), threshold);
    }
    List<Group> groups = new ArrayList<>();
    sums.forEach((value, sum) -> groups.add(sum.group(value)));
    return List.copyOf(groups);
  }

  private static final class Sums {
    private int rows;
    private int positives;
    private int selected;
    private int hits;
    private double scores;

    void add(float score, int label, double threshold) {
      rows++;
      positives += label;
      scores += score;
      if (score >= threshold) {
        selected++;
        hits += label;
      }
    }

    Group group(String value) {
      return new Group(
          value,
          rows,
          positives,
          (double) selected / rows,
          positives == 0 ? null : (double) hits / positives,
          scores / rows,
          (double) positives / rows);
    }
  }
}
