package dev.propensity.tests.cases;

/** What rows are read for. */
enum Policy {
  /** Rows to learn from: identifier and label are required, duplicates are rejected. */
  TRAINING,

  /** Rows to score: the label is ignored, the identifier is optional. */
  SCORING
}
