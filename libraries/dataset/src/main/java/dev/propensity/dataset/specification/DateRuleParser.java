package dev.propensity.dataset.specification;

import dev.propensity.foundation.Spelling;
import dev.propensity.table.DatePattern;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Reads how the dates of a column are read. */
final class DateRuleParser {
  private static final List<String> KEYS = List.of("formats", "since", "parts");

  private DateRuleParser() {}

  static DateRule rule(YamlMapping column) {
    if (column.has("values")) {
      column.addError("values", "do not go with kind date; use minimum and maximum");
    }
    LocalDate minimum = column.date("minimum");
    LocalDate maximum = column.date("maximum");
    if (minimum != null && maximum != null && minimum.isAfter(maximum)) {
      column.addError("minimum", "is after maximum");
    }
    LocalDate since = column.date("since");
    return new DateRule(
        formats(column),
        Objects.requireNonNullElse(since, DateRule.EPOCH),
        minimum,
        maximum,
        parts(column));
  }

  /** Rejects the keys that other kinds do not have. */
  static void rejectKeys(YamlMapping column, ColumnKind kind) {
    for (String key : KEYS) {
      if (column.has(key)) {
        column.addError(key, "does not go with kind " + kind.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  private static List<DatePattern> formats(YamlMapping column) {
    List<DatePattern> formats = new ArrayList<>();
    for (String text : column.texts("formats")) {
      try {
        add(column, formats, DatePattern.of(text));
      } catch (IllegalArgumentException e) {
        column.addError("formats", "lists '" + text + "', which " + e.getMessage());
      }
    }
    if (column.has("formats") && column.items("formats").isEmpty()) {
      column.addError("formats", "must not be an empty list; leave it out for ISO dates");
    }
    return formats.isEmpty() ? List.of(DatePattern.of(DatePattern.ISO)) : List.copyOf(formats);
  }

  private static void add(YamlMapping column, List<DatePattern> formats, DatePattern format) {
    for (DatePattern before : formats) {
      if (format.contradicts(before)) {
        String both = "'" + before + "' and '" + format;
        column.addError("formats", "lists " + both + "', which read one text as different dates");
      }
    }
    formats.add(format);
  }

  private static List<DatePart> parts(YamlMapping column) {
    List<String> known = Arrays.stream(DatePart.values()).map(DatePart::text).toList();
    List<DatePart> parts = new ArrayList<>();
    for (String text : column.texts("parts")) {
      int part = known.indexOf(text);
      if (part < 0) {
        column.addError("parts", "lists '" + text + "'; " + Spelling.help(text, known));
      } else {
        parts.add(DatePart.values()[part]);
      }
    }
    if (!parts.isEmpty() && !isFeature(column)) {
      column.addError("parts", "are features, but the column is none");
    }
    return List.copyOf(parts);
  }

  private static boolean isFeature(YamlMapping column) {
    return !column.text("feature", "").equals("false")
        && !column.text("sensitive", "").equals("exclude");
  }
}
