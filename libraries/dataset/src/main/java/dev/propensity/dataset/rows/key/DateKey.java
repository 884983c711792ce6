package dev.propensity.dataset.rows.key;

import dev.propensity.dataset.encoder.CellReader;
import dev.propensity.dataset.encoder.DateReader;
import dev.propensity.dataset.encoder.InvalidCell;
import dev.propensity.dataset.specification.DateRule;
import dev.propensity.dataset.split.DayKey;
import dev.propensity.table.ColumnName;
import dev.propensity.table.DatePattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The row's date, as {@link DayKey}. A column of kind date is read by its own rule, any other one
 * as an ISO date.
 */
final class DateKey implements SplitKey {
  private static final DatePattern WRITTEN = DatePattern.of(DatePattern.ISO);

  private final MissingWords missing;
  private int place = -1; // of the column, if it is of kind date
  private @Nullable DateRule rule;
  private long day;

  /**
   * @param missing of this column
   * @param readers of the specification's columns
   */
  DateKey(MissingWords missing, List<CellReader> readers) {
    this.missing = missing;
    for (int i = 0; i < readers.size(); i++) {
      if (readers.get(i) instanceof DateReader dates
          && ColumnName.same(dates.column.name(), missing.column())) {
        place = i;
        rule = dates.column.date();
      }
    }
  }

  @Override
  public @Nullable InvalidCell take(String cell) {
    String text = CellReader.trimmed(cell);
    InvalidCell error = missing.error(text);
    if (error != null || rule != null) {
      return error; // its reader checks the rest
    }
    day = WRITTEN.epochDay(text);
    if (DatePattern.isDay(day)) {
      return null;
    }
    String message =
        day == DatePattern.NOT_A_DATE
            ? "not a date; write it as yyyy-MM-dd, or list the column with kind: date and formats"
            : "there is no such date";
    return new InvalidCell(missing.column(), cell, InvalidCell.Rule.NOT_A_DATE, message);
  }

  @Override
  public byte[] bytes(RowValues values) {
    return DayKey.of(rule == null ? day : rule.epochDay(values.value(place)));
  }
}
