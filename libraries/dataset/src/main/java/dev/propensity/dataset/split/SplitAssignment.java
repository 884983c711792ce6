package dev.propensity.dataset.split;

import dev.propensity.dataset.specification.HashSplit;
import dev.propensity.dataset.specification.SplitRule;
import dev.propensity.dataset.specification.TimeSplit;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Assigns rows to the splits. */
public interface SplitAssignment {

  /** The splits that are written; each must have rows of both labels. */
  Set<Split> written();

  /**
   * The split of a row; null where it is in none.
   *
   * @param key holds what decides it, from {@code from}: the row's identifier in UTF-8, or what the
   *     rule names instead, a date as {@link DayKey}
   * @param label 1 positive, 0 negative
   */
  @Nullable Split split(byte[] key, int from, int length, byte label);

  /** By the rule: train, validation and test. */
  static SplitAssignment of(SplitRule rule) {
    return rule instanceof TimeSplit time
        ? new ByTime(time)
        : new ByHash(new Splitter((HashSplit) rule));
  }

  /**
   * All rows outside the test split are train rows, except those in the gap before it: for a final
   * model, whose rounds are already known.
   */
  static SplitAssignment withoutValidation(SplitRule rule) {
    return rule instanceof TimeSplit time
        ? new ByTime(time, time.validationUntil(), EnumSet.of(Split.TRAIN))
        : new WithoutValidation(new Splitter((HashSplit) rule));
  }

  /** Each row is assigned by its key's hash. */
  record ByHash(Splitter splitter) implements SplitAssignment {
    @Override
    public Set<Split> written() {
      return EnumSet.allOf(Split.class);
    }

    @Override
    public Split split(byte[] key, int from, int length, byte label) {
      return splitter.split(key, from, length);
    }
  }

  /** Validation rows are train rows, too. */
  record WithoutValidation(Splitter splitter) implements SplitAssignment {
    @Override
    public Set<Split> written() {
      return EnumSet.of(Split.TRAIN);
    }

    @Override
    public Split split(byte[] key, int from, int length, byte label) {
      return splitter.split(key, from, length) == Split.TEST ? Split.TEST : Split.TRAIN;
    }
  }
}
