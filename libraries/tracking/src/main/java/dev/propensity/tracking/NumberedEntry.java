package dev.propensity.tracking;

/** A document of a {@link NumberedEntries numbered series}. */
interface NumberedEntry {
  /** Its number in the series: from 1, without gaps. */
  int number();

  /** The dataset's name with its origin. */
  String name();
}
