package dev.propensity.dataset.features;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.Split;
import dev.propensity.foundation.UserException;
import java.util.Arrays;
import java.util.Collection;

/** How many rows each split has, and how many of them are positive. */
final class SplitCounts {
  private final long[] rows = new long[Split.values().length];
  private final long[] positives = new long[Split.values().length];

  /**
   * Counts a row.
   *
   * @param label 1 if it is positive, else 0
   */
  void add(Split split, byte label) {
    rows[split.ordinal()]++;
    positives[split.ordinal()] += label;
  }

  /** By split, in the order of the enum, how many rows it has; not a copy. */
  long[] rows() {
    return rows;
  }

  /** By split, in the order of the enum, how many positive rows it has; not a copy. */
  long[] positives() {
    return positives;
  }

  /**
   * Requires both labels in the table and in each split that is written.
   *
   * @param where the table's name, for errors
   * @throws UserException that names the label or the split
   */
  void requireBothLabels(String where, DatasetSpec.Label label, Collection<Split> written) {
    long all = Arrays.stream(rows).sum();
    long positive = Arrays.stream(positives).sum();
    if (positive == 0 || positive == all) {
      String only = positive == 0 ? label.negative() : label.positive();
      throw new UserException(
          String.format(
              "%s: the label %s is '%s' in every row; a model needs both '%s' and '%s'",
              where, label.column(), only, label.positive(), label.negative()));
    }
    for (Split split : written) {
      long here = rows[split.ordinal()];
      long positivesHere = positives[split.ordinal()];
      if (positivesHere == 0 || positivesHere == here) {
        throw new UserException(
            String.format(
                "%s: too few rows to split: of its %d rows (%d positive) the %s split gets %d, %d"
                    + " of them positive; each split needs both labels",
                where, all, positive, split.fileName().replace(".arrow", ""), here, positivesHere));
      }
    }
  }
}
