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

  /** How each split gets both labels, as the end of a sentence. */
  String forSplits();

  /** How each split and each of so many folds get both labels, as the end of a sentence. */
  String forFolds(int folds);
}
