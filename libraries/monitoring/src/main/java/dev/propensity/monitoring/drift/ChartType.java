package dev.propensity.monitoring.drift;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a chart shows, one value a window. */
public enum ChartType {
  /** The mean mid-rank of a column's values, or of the scores, in the baseline: 0.5 there. */
  @JsonProperty("mean_rank")
  MEAN_RANK("mean rank"),
  /**
   * How far the distribution is from the reference's, in any direction: the logarithm of X² by its
   * degrees of freedom, about 0 if windows vary by chance only.
   */
  @JsonProperty("distance")
  DISTANCE("distance"),
  /** The share of empty cells. */
  @JsonProperty("missing")
  MISSING("missing"),
  /** The share of values that the training rows do not have. */
  @JsonProperty("unseen")
  UNSEEN("unseen"),
  /** The share of rejected rows. */
  @JsonProperty("rejected")
  REJECTED("rejected rows"),
  /** The natural logarithm of the number of answered rows. */
  @JsonProperty("volume")
  VOLUME("volume");

  private final String text;

  ChartType(String text) {
    this.text = text;
  }

  /** The chart in words. */
  public String text() {
    return text;
  }

  boolean isShare() {
    return this == MISSING || this == UNSEEN || this == REJECTED;
  }
}
