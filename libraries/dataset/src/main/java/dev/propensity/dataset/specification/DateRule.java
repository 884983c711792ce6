package dev.propensity.dataset.specification;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.propensity.table.DatePattern;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a column's dates are read.
 *
 * @param formats how they are written, as {@link DatePattern} has it
 * @param since the day 0 of the feature
 * @param minimum the first allowed day; null where there is no bound
 * @param maximum the last allowed day; null where there is no bound
 * @param parts further features
 */
public record DateRule(
    List<DatePattern> formats,
    LocalDate since,
    @Nullable LocalDate minimum,
    @Nullable LocalDate maximum,
    List<DatePart> parts) {
  /** The day 0 unless the specification names another. */
  public static final LocalDate EPOCH = LocalDate.EPOCH;

  /** The date of a feature: so many days after {@link #since}. */
  public LocalDate date(float days) {
    return LocalDate.ofEpochDay(epochDay(days));
  }

  /** The same as days since 1970-01-01. */
  public long epochDay(float days) {
    return since.toEpochDay() + (long) days;
  }

  /** The rule as JSON, with dates as {@code yyyy-MM-dd}. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Json(
      List<String> formats,
      String since,
      @Nullable String minimum,
      @Nullable String maximum,
      @Nullable List<String> parts) {
    static @Nullable Json of(@Nullable DateRule rule) {
      return rule == null
          ? null
          : new Json(
              rule.formats.stream().map(DatePattern::toString).toList(),
              rule.since.toString(),
              text(rule.minimum),
              text(rule.maximum),
              rule.parts.stream().map(DatePart::text).toList());
    }

    DateRule rule() {
      return new DateRule(
          formats.stream().map(DatePattern::of).toList(),
          LocalDate.parse(since),
          minimum == null ? null : LocalDate.parse(minimum),
          maximum == null ? null : LocalDate.parse(maximum),
          parts == null
              ? List.of()
              : parts.stream()
                  .map(part -> DatePart.valueOf(part.toUpperCase(Locale.ROOT)))
                  .toList());
    }

    private static @Nullable String text(@Nullable LocalDate date) {
      return date == null ? null : date.toString();
    }
  }
}
