package dev.propensity.storage;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where rows come from. It is inherited: whatever descends from made-up rows is a sample too. */
public enum Origin {
  /** Rows of the world. */
  @JsonProperty("real")
  REAL,
  /** Rows made up from the data set's specification. */
  @JsonProperty("sample")
  SAMPLE;

  /**
   * The name under which artifacts, releases and endpoints of this origin stand: the data set's
   * own, or {@code <dataset>-sample}.
   */
  public String nameOf(String dataset) {
    return this == REAL ? dataset : dataset + "-sample";
  }
}
