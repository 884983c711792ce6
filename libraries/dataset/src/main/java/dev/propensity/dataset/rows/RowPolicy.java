package dev.propensity.dataset.rows;

/** For what rows are read: the one thing in which the reading of rows differs. */
public enum RowPolicy {
  /**
   * To learn from, or to measure by: identifier and label are required, a duplicate identifier is
   * an error.
   */
  TRAINING,

  /**
   * To be scored: the label is ignored whatever it holds, the identifier may be missing (the row's
   * number, from 1, takes its place), duplicate identifiers are counted and reported.
   */
  SCORING
}
