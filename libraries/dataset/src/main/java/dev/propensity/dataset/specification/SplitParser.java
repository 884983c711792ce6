package dev.propensity.dataset.specification;

import dev.propensity.table.ColumnName;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code split} of a specification. */
final class SplitParser {
  private static final double MAX_SEED = 1L << 53;
  private static final Pattern DAYS = Pattern.compile("(\\d{1,5})( days?)?");
  private static final LocalDate ANY = LocalDate.EPOCH; // where there is an error

  private final YamlMapping split;
  private final String identifier;
  private final String label;
  private final List<Column> columns;

  private SplitParser(YamlMapping split, String identifier, String label, List<Column> columns) {
    this.split = split;
    this.identifier = identifier;
    this.label = label;
    this.columns = columns;
  }

  static SplitRule parse(YamlMapping split, String identifier, String label, List<Column> columns) {
    split.only(
        "seed",
        "validation",
        "test",
        "group",
        "duplicates",
        "time",
        "validation_from",
        "test_from",
        "gap");
    SplitParser parser = new SplitParser(split, identifier, label, columns);
    boolean byTime =
        List.of("time", "validation_from", "test_from", "gap").stream().anyMatch(split::has);
    return byTime ? parser.byTime() : parser.byHash();
  }

  private HashSplit byHash() {
    double validation = split.number("validation", 0.15, SplitParser::isShare, "between 0 and 1");
    double test = split.number("test", 0.2, SplitParser::isShare, "between 0 and 1");
    if (validation + test >= 1) {
      split.addError(
          "test", "and validation leave nothing for train: together they must be below 1");
    }
    double seed =
        split.number(
            "seed",
            1,
            x -> x == Math.rint(x) && Math.abs(x) <= MAX_SEED,
            "a whole number of at most 2^53");
    String group = column("group");
    boolean together =
        split.choice("duplicates", "separate", "separate", "together").equals("together");
    if (group != null && together) {
      split.addError("duplicates", "does not go with group: a row would have two hashes");
    }
    return new HashSplit(
        (long) seed,
        validation,
        test,
        group,
        together ? HashSplit.Duplicates.TOGETHER : null,
        together ? FeaturesDigest.of(columns) : null);
  }

  private static boolean isShare(double x) {
    return x > 0 && x < 1;
  }

  private TimeSplit byTime() {
    for (String key : List.of("seed", "validation", "test", "group", "duplicates")) {
      if (split.has(key)) {
        split.addError(key, "does not go with time: a row's date decides its split");
      }
    }
    split.text("time");
    String time = column("time");
    columns.stream()
        .filter(column -> time != null && ColumnName.same(column.name(), time))
        .forEach(this::requireDates);
    split.text("validation_from");
    split.text("test_from");
    LocalDate validationFrom = split.date("validation_from");
    LocalDate testFrom = split.date("test_from");
    int gap = gap();
    if (validationFrom != null && testFrom != null) {
      checkOrder(validationFrom, testFrom, gap);
    }
    return new TimeSplit(
        time == null ? "" : time,
        validationFrom == null ? ANY : validationFrom,
        testFrom == null ? ANY : testFrom,
        gap);
  }

  /** A category's cells may be ISO dates, unless its values are listed. */
  private void requireDates(Column column) {
    boolean open = column.kind() == ColumnKind.CATEGORY && column.values().isEmpty();
    if (column.kind() != ColumnKind.DATE && !open) {
      String kind = column.kind().name().toLowerCase(Locale.ROOT);
      split.addError(
          "time",
          "is '"
              + column.name()
              + "', whose kind is "
              + kind
              + "; a column of dates has kind: date");
    }
  }

  private void checkOrder(LocalDate validationFrom, LocalDate testFrom, int gap) {
    if (!validationFrom.isBefore(testFrom)) {
      split.addError(
          "test_from",
          "is " + testFrom + ", which is not after validation_from, " + validationFrom);
    } else if (!validationFrom.isBefore(testFrom.minusDays(gap))) {
      split.addError(
          "gap",
          "is "
              + split.text("gap")
              + ", which leaves no validation rows from "
              + validationFrom
              + " to "
              + testFrom);
    }
  }

  private int gap() {
    String text = split.text("gap", "0");
    Matcher days = DAYS.matcher(text);
    if (!days.matches()) {
      split.addError("gap", "is '" + text + "'; write a number of days: 30 days");
      return 0;
    }
    return Integer.parseInt(days.group(1));
  }

  /** A column of the table, which may be a feature. */
  private @Nullable String column(String key) {
    String column = split.text(key, "");
    for (String taken : List.of(identifier, label)) {
      if (!column.isEmpty() && ColumnName.same(column, taken)) {
        String what = taken.equals(label) ? "the label" : "the identifier";
        split.addError(key, "is '" + column + "', which is " + what + " already");
      }
    }
    return column.isEmpty() ? null : column;
  }
}
