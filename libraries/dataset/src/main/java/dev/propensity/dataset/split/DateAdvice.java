package dev.propensity.dataset.split;

import dev.propensity.dataset.specification.TimeSplit;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The dates of the table, to choose others. */
final class DateAdvice implements SplitAdvice {
  private final TimeSplit rule;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  DateAdvice(TimeSplit rule) {
    this.rule = rule;
  }

  @Override
  public void add(byte[] key, int from, int length, byte label) {
    long day = DayKey.epochDay(key, from);
    first = Math.min(first, day);
    last = Math.max(last, day);
  }

  @Override
  public String forSplits(int folds) {
    return change("split.validation_from (" + rule.validationFrom() + ")");
  }

  @Override
  public String forFolds(int folds) {
    return change(); // they end where test begins, regardless of validation
  }

  private String change(String... more) {
    List<String> keys = new ArrayList<>(List.of(more));
    keys.add("split.test_from (" + rule.testFrom() + ")");
    if (rule.gap() > 0) {
      keys.add("split.gap (" + rule.days() + ")");
    }
    return "the dates in "
        + rule.time()
        + " are from "
        + LocalDate.ofEpochDay(first)
        + " to "
        + LocalDate.ofEpochDay(last)
        + ": change "
        + String.join(" or ", keys);
  }
}
