package dev.propensity.dataset.split;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.HashSplit;
import dev.propensity.dataset.specification.TimeSplit;

/** What to do where a split or a fold has too few rows of a label. */
public interface SplitAdvice {

  /** Without any row so far. */
  static SplitAdvice of(DatasetSpec spec) {
    return spec.split() instanceof TimeSplit time
        ? new DateAdvice(time)
        : new SeedAdvice((HashSplit) spec.split(), spec.label());
  }

  /**
   * Adds a row of the table.
   *
   * @param key see {@link SplitAssignment#split}
   */
  void add(byte[] key, int from, int length, byte label);

  /**
   * How each split gets both labels, where a split lacks one, as the end of a sentence.
   *
   * @param folds that must have both labels, too; 0 for none, and preferably the default number
   */
  String forSplits(int folds);

  /** How each of so many folds gets both labels, where a fold lacks one: the same. */
  String forFolds(int folds);
}
