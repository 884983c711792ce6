package dev.propensity.dataset.split;

import dev.propensity.dataset.specification.TimeSplit;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Folds that go forward in time, with an expanding window of train rows, as scikit-learn's {@code
 * TimeSeriesSplit}: the rows before the test split and its gap, ordered by date, are divided into
 * one part more than there are folds, of equal numbers of rows as far as days allow: each part ends
 * with the day on which it has its share of the rows that are left. Fold 1 validates on the second
 * part, fold 2 on the third and so on, and each is trained on the rows before its part, without the
 * days of the gap. Later rows are in no split of the fold.
 */
final class TimeFolds implements FoldPlan {
  private final int count;
  private final long[] starts; // days, by fold, and the end of the last one
  private final int gap;
  private final long testFrom;
  private final long[][][] rows; // by fold from 0, split and label

  /**
   * @param days by day, how many rows of each label there are, without those of the test split and
   *     its gap
   */
  TimeFolds(TimeSplit rule, int count, SortedMap<Long, long[]> days) {
    this.count = count;
    this.gap = rule.gap();
    this.testFrom = rule.testFrom().toEpochDay();
    this.starts = starts(count, rule.validationUntil().toEpochDay(), days);
    this.rows = new long[count][Split.values().length][2];
    for (Map.Entry<Long, long[]> day : days.entrySet()) {
      for (int fold = 0; fold < count; fold++) {
        Split split = split(day.getKey(), fold);
        for (int label = 0; split != null && label < 2; label++) {
          rows[fold][split.ordinal()][label] += day.getValue()[label];
        }
      }
    }
  }

  /** The first day of each fold's validation rows, and the end; the end for folds without any. */
  private static long[] starts(int count, long end, SortedMap<Long, long[]> days) {
    long[] starts = new long[count + 1];
    Arrays.fill(starts, end);
    long left = days.values().stream().mapToLong(rows -> rows[0] + rows[1]).sum();
    long part = 0;
    int fold = 0;
    for (Map.Entry<Long, long[]> day : days.entrySet()) {
      int parts = count + 1 - fold; // that are left, with the current one
      if (fold < count && part * parts >= left) {
        starts[fold++] = day.getKey();
        left -= part;
        part = 0;
      }
      part += day.getValue()[0] + day.getValue()[1];
    }
    return starts;
  }

  private @Nullable Split split(long day, int fold) {
    if (day >= testFrom) {
      return Split.TEST;
    }
    if (day < starts[fold] - gap) {
      return Split.TRAIN;
    }
    return day >= starts[fold] && day < starts[fold + 1] ? Split.VALIDATION : null;
  }

  @Override
  public @Nullable Split split(byte[] key, int from, int length, byte label, int fold) {
    return split(DayKey.epochDay(key, from), fold - 1);
  }

  @Override
  public long rows(int fold, Split split, int label) {
    return rows[fold - 1][split.ordinal()][label];
  }

  @Override
  public int count() {
    return count;
  }
}
