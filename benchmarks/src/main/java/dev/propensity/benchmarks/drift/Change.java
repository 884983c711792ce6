package dev.propensity.benchmarks.drift;

/** A change that is planted in rows of the insurance table. */
enum Change {
  NOTHING,
  /** One year is added to the age. */
  AGE,
  /** Premiums are 5% higher. */
  PREMIUM,
  /** Of the premiums, 2% are missing. */
  MISSING,
  /** Of the rows, 1% come by a new sales channel. */
  CHANNEL
}
