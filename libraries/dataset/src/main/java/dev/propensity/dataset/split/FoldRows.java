package dev.propensity.dataset.split;

import dev.propensity.dataset.specification.HashSplit;
import dev.propensity.dataset.specification.SplitRule;
import dev.propensity.dataset.specification.TimeSplit;

/** The rows of a table that are assigned to folds: those outside the test split. */
public interface FoldRows {

  /** No rows so far, to be split by this rule. */
  static FoldRows of(SplitRule rule) {
    return rule instanceof TimeSplit time
        ? new TimeFoldRows(time)
        : new HashFoldRows((HashSplit) rule);
  }

  /**
   * Adds a row unless it is in the test split.
   *
   * @param key see {@link SplitAssignment#split}
   * @param label 1 positive, 0 negative
   */
  void add(byte[] key, int from, int length, byte label);

  /** How many rows of this label were added, without those of the test split. */
  long rows(int label);

  /** The folds of all rows that were added, independent of their order. */
  FoldPlan plan(int folds);
}
