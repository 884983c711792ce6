package dev.propensity.dataset.specification;

import java.time.LocalDate;
import java.util.Locale;

/** A part of a date that is a feature of its own, beside the days. */
public enum DatePart {
  /** From 1, January, to 12. */
  MONTH(12) {
    @Override
    public int of(LocalDate date) {
      return date.getMonthValue();
    }
  },
  /** From 1, Monday, to 7, as ISO 8601 numbers them. */
  WEEKDAY(7) {
    @Override
    public int of(LocalDate date) {
      return date.getDayOfWeek().getValue();
    }
  };

  private final int maximum;

  DatePart(int maximum) {
    this.maximum = maximum;
  }

  /** The part of this date, from 1 to {@link #maximum}. */
  public abstract int of(LocalDate date);

  /** The highest that it can be. */
  public int maximum() {
    return maximum;
  }

  /** The name in the specification. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name of the feature that is this part of a column. */
  public String feature(String column) {
    return column + "_" + text();
  }
}
