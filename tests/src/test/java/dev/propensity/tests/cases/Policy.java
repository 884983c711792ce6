package dev.propensity.tests.cases;

/** The purpose for which rows are read. */
enum Policy {
  /** Rows for training: identifier and label are required, duplicates are rejected. */
  TRAINING,

  /** Rows to score: the label is ignored, the identifier is optional. */
  SCORING
}
