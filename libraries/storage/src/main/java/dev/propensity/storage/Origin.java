package dev.propensity.storage;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where rows come from. It is inherited: whatever descends from synthetic rows is a sample too. */
public enum Origin {
  /** Rows of the world. */
  @JsonProperty("real")
  REAL,
  /** Rows made up from the dataset's specification. */
  @JsonProperty("sample")
  SAMPLE;

  /**
   * The name under which artifacts, releases and endpoints of this origin stand: the dataset's own,
   * or {@code <dataset>-sample}.
   */
  public String nameOf(String dataset) {
    return this == REAL ? dataset : dataset + "-sample";
  }
}
