package dev.propensity.dataset.synthetic;

import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.DateRule;
import dev.propensity.dataset.specification.SplitRule;
import dev.propensity.dataset.specification.TimeSplit;
import dev.propensity.dataset.split.SplitMix64;
import dev.propensity.table.ColumnName;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the cells of the column that decides the rows' split, independently of all others. */
final class SyntheticSplitColumn {
  private static final int ROWS_PER_GROUP = 4;
  private static final int TRAIN_SPANS = 3; // of the time from validation to test

  private final SplitRule rule;
  private final @Nullable String column;
  private final SplitMix64 random;
  private final @Nullable DateRule dates; // of the column, if it is of kind date
  private int place = -1;

  SyntheticSplitColumn(DatasetSpec spec, long seed) {
    this.rule = spec.split();
    this.column = rule.column();
    this.random = new SplitMix64(seed ^ Long.MIN_VALUE);
    Column feature = column == null ? null : spec.column(column);
    this.dates = feature == null ? null : feature.date();
  }

  /** Adds the column to the header, unless it has it as a feature. */
  void addTo(List<String> header) {
    if (column == null) {
      return;
    }
    while (++place < header.size() && !ColumnName.same(header.get(place), column)) {
      continue;
    }
    if (place == header.size()) {
      header.add(column);
    } else if (!(rule instanceof TimeSplit)) {
      place = -1; // a group that is a feature keeps the values that its kind allows
    }
  }

  /**
   * Puts the cell in its place of a row.
   *
   * @param rows how many the table has
   */
  void put(List<String> row, int rows) {
    if (place < 0) {
      return;
    }
    String cell = rule instanceof TimeSplit time ? date(time) : group(rows);
    if (place == row.size()) {
      row.add(cell);
    } else {
      row.set(place, cell);
    }
  }

  private String group(int rows) {
    return "g" + (1 + (long) (random.fraction() * rows / ROWS_PER_GROUP));
  }

  /** Validation and test have the same time, train three times as much. */
  private String date(TimeSplit time) {
    long span = ChronoUnit.DAYS.between(time.validationFrom(), time.testFrom());
    long day = (long) (random.fraction() * (TRAIN_SPANS + 2) * span);
    LocalDate date = time.validationFrom().plusDays(day - TRAIN_SPANS * span);
    return dates == null ? date.toString() : dates.formats().get(0).format(within(date, dates));
  }

  private static LocalDate within(LocalDate date, DateRule rule) {
    if (rule.minimum() != null && date.isBefore(rule.minimum())) {
      return rule.minimum();
    }
    return rule.maximum() != null && date.isAfter(rule.maximum()) ? rule.maximum() : date;
  }
}
