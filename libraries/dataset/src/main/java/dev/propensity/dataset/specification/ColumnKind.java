package dev.propensity.dataset.specification;

/** What a column's values are. */
public enum ColumnKind {
  /** A finite number; the feature is its float32. */
  NUMBER,
  /** One of unordered names; the feature is the code that the encoder gave it. */
  CATEGORY,
  /** One of ordered names; the feature is its rank, from 0. */
  ORDINAL,
  /** One of two names; the feature is 0 or 1. */
  BOOLEAN,
  /** A day; the feature is the number of days since another one, and further ones its parts. */
  DATE;

  /** Whether values are words of a list, and the feature is the word's place in it. */
  public boolean hasWords() {
    return this != NUMBER && this != DATE;
  }
}
