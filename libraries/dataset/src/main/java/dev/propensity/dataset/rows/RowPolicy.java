package dev.propensity.dataset.rows;

/** The purpose for which rows are read: training or scoring. */
public enum RowPolicy {
  /**
   * For training or evaluation: identifier and label are required, a duplicate identifier is an
   * error.
   */
  TRAINING,

  /**
   * For scoring: the label is ignored, the identifier may be missing (the row's number, from 1,
   * takes its place), duplicate identifiers are counted and reported.
   */
  SCORING
}
