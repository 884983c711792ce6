package dev.propensity.dataset.split;

import dev.propensity.dataset.specification.TimeSplit;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Each row is assigned by its date; the rows of a gap are in no split. */
final class ByTime implements SplitAssignment {
  private final Set<Split> written;
  private final long trainUntil;
  private final long validationFrom;
  private final long validationUntil;
  private final long testFrom;

  ByTime(TimeSplit rule) {
    this(rule, rule.trainUntil(), EnumSet.allOf(Split.class));
  }

  /**
   * @param trainUntil the day after the last one of the train rows, which may be validation rows
   *     otherwise
   */
  ByTime(TimeSplit rule, LocalDate trainUntil, Set<Split> written) {
    this.written = written;
    this.trainUntil = trainUntil.toEpochDay();
    this.validationFrom = rule.validationFrom().toEpochDay();
    this.validationUntil = rule.validationUntil().toEpochDay();
    this.testFrom = rule.testFrom().toEpochDay();
  }

  @Override
  public Set<Split> written() {
    return written;
  }

  @Override
  public @Nullable Split split(byte[] key, int from, int length, byte label) {
    long day = DayKey.epochDay(key, from);
    if (day >= testFrom) {
      return Split.TEST;
    }
    if (day < trainUntil) {
      return Split.TRAIN;
    }
    return day >= validationFrom && day < validationUntil ? Split.VALIDATION : null;
  }
}
