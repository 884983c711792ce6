package dev.propensity.dataset.features;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.split.Split;
import dev.propensity.foundation.UserException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How many rows each split has, and how many of them are positive. */
final class SplitCounts {
  private final long[] rows = new long[Split.values().length];
  private final long[] positives = new long[Split.values().length];
  private long unassigned;
  private long unassignedPositives;

  /**
   * Counts a row.
   *
   * @param split null where it is in none
   * @param label 1 if it is positive, else 0
   */
  void add(@Nullable Split split, byte label) {
    if (split == null) {
      unassigned++;
      unassignedPositives += label;
    } else {
      rows[split.ordinal()]++;
      positives[split.ordinal()] += label;
    }
  }

  /** By split, in the order of the enum, how many rows it has; not a copy. */
  long[] rows() {
    return rows;
  }

  /** By split, in the order of the enum, how many positive rows it has; not a copy. */
  long[] positives() {
    return positives;
  }

  /** How many rows are in no split. */
  long unassigned() {
    return unassigned;
  }

  /**
   * Requires both labels in the table and in each split that is written.
   *
   * @param where the table's name, for errors
   * @param advice what to do where a split has too few rows of a label
   * @throws UserException that names the label or the split
   */
  void requireBothLabels(
      String where, DatasetSpec.Label label, Collection<Split> written, Supplier<String> advice) {
    long all = Arrays.stream(rows).sum() + unassigned;
    long positive = Arrays.stream(positives).sum() + unassignedPositives;
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
      if (Math.min(positivesHere, here - positivesHere) < split.minimumRows()) {
        throw new UserException(
            String.format(
                "%s: too few rows to split: of its %d rows (%d positive) the %s split gets %d, %d"
                    + " of them positive; each split needs both labels, train and validation at"
                    + " least %d rows of each; %s",
                where,
                all,
                positive,
                split.name().toLowerCase(Locale.ROOT),
                here,
                positivesHere,
                Split.TRAIN.minimumRows(),
                advice.get()));
      }
    }
  }
}
