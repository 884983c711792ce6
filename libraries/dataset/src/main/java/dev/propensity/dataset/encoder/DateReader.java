package dev.propensity.dataset.encoder;

import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.DateRule;
import dev.propensity.table.DatePattern;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Reads a date within its bounds, which are inclusive; the feature is the number of days since the
 * column's day 0. The cell is invalid where it is not written in one of the column's formats, its
 * day does not exist, or it is out of bounds. Safe for many threads.
 */
public final class DateReader extends CellReader {
  private final DateRule rule;
  private final List<DatePattern> formats;
  private final long since;
  private final long minimum;
  private final long maximum;

  /**
   * @param column of dates
   */
  public DateReader(Column column) {
    super(column);
    this.rule = Objects.requireNonNull(column.date(), column.name());
    this.formats = rule.formats();
    this.since = rule.since().toEpochDay();
    this.minimum =
        rule.minimum() == null ? LocalDate.MIN.toEpochDay() : rule.minimum().toEpochDay();
    this.maximum =
        rule.maximum() == null ? LocalDate.MAX.toEpochDay() : rule.maximum().toEpochDay();
  }

  @Override
  float value(char[] text, int offset, int length) {
    long day = epochDay(text, offset, length);
    if (day == DatePattern.NOT_A_DATE) {
      throw invalid(text, offset, length, InvalidCell.Rule.NOT_A_DATE, "not a date" + written());
    }
    if (day == DatePattern.NO_SUCH_DATE) {
      throw invalid(text, offset, length, InvalidCell.Rule.NOT_A_DATE, "there is no such date");
    }
    if (day < minimum || day > maximum) {
      String bound = day < minimum ? "before " + rule.minimum() : "after " + rule.maximum();
      throw invalid(text, offset, length, InvalidCell.Rule.DATE_OUT_OF_RANGE, bound);
    }
    return day - since; // exact: of the years 0001 to 9999, all have fewer than 24 bits
  }

  /** The day that the first format in which the text is written gives. */
  private long epochDay(char[] text, int offset, int length) {
    long result = DatePattern.NOT_A_DATE;
    for (DatePattern format : formats) {
      long day = format.epochDay(text, offset, length);
      if (DatePattern.isDay(day)) {
        return day;
      }
      result = Math.max(result, day);
    }
    return result;
  }

  private String written() {
    return formats.stream()
        .map(format -> format.toString().equals(DatePattern.ISO) ? "yyyy-MM-dd" : format.toString())
        .collect(Collectors.joining(" or ", "; write it as ", ""));
  }

  /** The date of a cell's text as {@code yyyy-MM-dd}; the text where it is none. */
  String iso(String text) {
    long day = epochDay(text.toCharArray(), 0, text.length());
    return DatePattern.isDay(day) ? LocalDate.ofEpochDay(day).toString() : text;
  }
}
