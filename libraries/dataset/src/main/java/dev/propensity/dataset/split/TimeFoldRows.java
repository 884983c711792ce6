package dev.propensity.dataset.split;

import dev.propensity.dataset.specification.TimeSplit;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rows that are split by their date: counts by day. */
final class TimeFoldRows implements FoldRows {
  private final TimeSplit rule;
  private final long end;
  private final SortedMap<Long, long[]> days = new TreeMap<>(); // by label
  private final long[] rows = new long[2];

  TimeFoldRows(TimeSplit rule) {
    this.rule = rule;
    this.end = rule.validationUntil().toEpochDay();
  }

  @Override
  public void add(byte[] key, int from, int length, byte label) {
    long day = DayKey.epochDay(key, from);
    if (day < end) {
      days.computeIfAbsent(day, any -> new long[2])[label]++;
      rows[label]++;
    }
  }

  @Override
  public long rows(int label) {
    return rows[label];
  }

  @Override
  public FoldPlan plan(int folds) {
    return new TimeFolds(rule, folds, days);
  }
}
