package dev.propensity.model.metric;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The confusion matrix at a threshold: a row is selected (contacted) if its score is at least that.
 *
 * @param truePositives selected, positive
 * @param falsePositives selected, negative
 * @param falseNegatives not selected, positive
 * @param trueNegatives not selected, negative
 */
public record Confusion(
    @JsonProperty("true_positives") int truePositives,
    @JsonProperty("false_positives") int falsePositives,
    @JsonProperty("false_negatives") int falseNegatives,
    @JsonProperty("true_negatives") int trueNegatives) {

  /** Counts rows at this threshold. */
  public static Confusion at(ScoredRows rows, double threshold) {
    int selected = 0;
    int hits = 0;
    for (int row = 0; row < rows.rows(); row++) {
      if (rows.score(row) >= threshold) {
        selected++;
        hits += rows.label(row);
      }
    }
    int missed = rows.positives() - hits;
    return new Confusion(hits, selected - hits, missed, rows.negatives() - (selected - hits));
  }

  /** How many rows are selected. */
  public int selected() {
    return truePositives + falsePositives;
  }

  /** How many rows there are. */
  public int rows() {
    return truePositives + falsePositives + falseNegatives + trueNegatives;
  }

  /** The share of rows that is selected. */
  public double selectionRate() {
    return (double) selected() / rows();
  }

  /** The share of positives that is selected; NaN where there are none. */
  public double recall() {
    return (double) truePositives / (truePositives + falseNegatives);
  }

  /** The share of positives among the selected; NaN where none is selected. */
  public double precision() {
    return (double) truePositives / selected();
  }

  /**
   * The profit of contacting the selected.
   *
   * @param gain of a positive one
   * @param cost of each contact
   * @return {@code gain × true positives − cost × selected}
   */
  public double profit(double gain, double cost) {
    return gain * truePositives - cost * selected();
  }
}
