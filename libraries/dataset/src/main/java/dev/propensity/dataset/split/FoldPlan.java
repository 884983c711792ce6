package dev.propensity.dataset.split;

import org.jspecify.annotations.Nullable;

/** So many folds of a table's rows. */
public interface FoldPlan {

  /**
   * The split of a row where one fold is the validation split; null where the row is in none.
   *
   * @param key see {@link SplitAssignment#split}
   * @param fold from 1
   */
  @Nullable Split split(byte[] key, int from, int length, byte label, int fold);

  /**
   * How many rows of each label a fold has.
   *
   * @param fold from 1
   * @param split train or validation
   */
  long rows(int fold, Split split, int label);

  /** How many folds there are. */
  int count();

  /** Whether each fold has enough rows of both labels, to train and to validate. */
  default boolean isSufficient() {
    for (int fold = 1; fold <= count(); fold++) {
      for (int label = 0; label < 2; label++) {
        if (rows(fold, Split.TRAIN, label) < Split.TRAIN.minimumRows()
            || rows(fold, Split.VALIDATION, label) < Split.VALIDATION.minimumRows()) {
          return false;
        }
      }
    }
    return true;
  }
}
