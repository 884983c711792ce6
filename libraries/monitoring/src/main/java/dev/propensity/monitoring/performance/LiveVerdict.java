package dev.propensity.monitoring.performance;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The verdict on a model by the outcomes of a window. */
public enum LiveVerdict {
  /** Not worse than on the test split. */
  @JsonProperty("good")
  GOOD("good"),
  /** Worse than on the test split, on rows that were contacted regardless of their score. */
  @JsonProperty("worse")
  WORSE("worse"),
  /** Too few rows that were contacted regardless of their score. */
  @JsonProperty("too few")
  TOO_FEW("too few");

  private final String text;

  LiveVerdict(String text) {
    this.text = text;
  }

  /** As users read it. */
  public String text() {
    return text;
  }
}
