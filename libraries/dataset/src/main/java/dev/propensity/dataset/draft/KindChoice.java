package dev.propensity.dataset.draft;

import static java.util.stream.Collectors.joining;

import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.table.DatePattern;
import dev.propensity.table.NumberHints;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides what a column is, or why it is not a feature. */
final class KindChoice {
  private static final double FREE_TEXT_LENGTH = 50; // bytes on average
  private static final int FEW = 50; // different values, however few rows there are
  private static final int MAX_CODES = 1_000;
  private static final int ROWS_PER_CODE = 20; // at least, on average
  private static final int ROWS_PER_GROUP = 20; // at most, on average
  private static final int EXAMPLES = 3;
  private static final int SHOWN = 40; // characters of a text

  /** Why a column that names what several rows belong to is not a feature. */
  static final String GROUP = "it identifies several rows each, such as those of a customer";

  private static final String REGION =
      "CHECK: is 'NA' a missing value, or one like the others? If so, delete it from missing_values";
  private static final String LATER =
      "days; those of new rows are later than all of these: feature: false leaves it out";
  private static final String SENSITIVE =
      "sensitive: report has evaluations show the metrics of each group";

  private final ColumnProfile column;
  private final ColumnWords words;
  private final boolean comma;

  private KindChoice(ColumnProfile column, boolean comma) {
    this.column = column;
    this.words = new ColumnWords(column);
    this.comma = comma;
  }

  /**
   * The draft of a column that is neither the label nor the identifier.
   *
   * @param comma whether the table's numbers have decimal commas
   */
  static ColumnDraft of(ColumnProfile column, boolean comma) {
    return new KindChoice(column, comma).draft();
  }

  private ColumnDraft draft() {
    if (column.name.isEmpty()) {
      return excluded("it has no name in the header");
    }
    if (column.name.matches("(?s).*\\{[^{}]*\\.\\..*")) {
      return excluded("rename it: braces with two dots are a range of names in this file");
    }
    if (words.present() == 0) {
      return excluded("it has no value in any row");
    }
    if (words.all().size() == 1 && words.missing() == 0 && !hasMore()) {
      return excluded("it is '" + shortened(words.all().get(0)) + "' in every row");
    }
    if (column.numberRows() > 0 && (comma ? column.points() : column.commas()) > 0) {
      return excluded(
          comma
              ? "it has numbers with decimal points in a table with decimal commas"
              : "it has numbers with decimal commas in a table with decimal points");
    }
    if (isGroup()) {
      return excluded(GROUP);
    }
    if (!words.areNumbers()) {
      return ofWords();
    }
    return words.words().isEmpty() ? ofNumbers() : ofNumbersAndWords();
  }

  /** Whether not all different values are known. */
  private boolean hasMore() {
    return column.hasMoreNumbers() || column.hasMoreTexts();
  }

  /** Whether it names what several rows belong to. */
  private boolean isGroup() {
    int distinct = words.all().size();
    return NameWords.isIdentifier(column.name)
        && !column.isUnique()
        && !column.hasFractions()
        && distinct > FEW
        && (hasMore() || distinct * (long) ROWS_PER_GROUP > column.rows());
  }

  private ColumnDraft ofNumbers() {
    if (Math.max(column.maximum(), -column.minimum()) > Float.MAX_VALUE) {
      return excluded("it has numbers beyond float32's range");
    }
    List<String> values = words.differentNumbers();
    if (values.size() == 2 && !hasMore()) {
      return feature(ColumnKind.BOOLEAN, CellWords.noThenYes(values.get(0), values.get(1)), "");
    }
    if (column.isUnique() && NameWords.isIdentifier(column.name)) {
      return excluded("it has another value in every row");
    }
    if (!column.digits().formats().isEmpty()) {
      return date(column.digits().formats());
    }
    if (column.hasLeadingZeros() && !column.hasFractions()) {
      return ofCodes();
    }
    if (column.isUnique() && column.rows() >= FEW) {
      return number("CHECK: another whole number in every row: is it an identifier?");
    }
    if (column.hasMoreNumbers() && !column.hasFractions() && NameWords.isCode(column.name)) {
      return number("CHECK: codes, by its name, read as numbers: over 2,000 different values");
    }
    if (hasMore() || column.hasFractions()) {
      return number("");
    }
    boolean few =
        values.size() <= MAX_CODES && values.size() * (long) ROWS_PER_CODE <= column.rows();
    if (few && (NameWords.isCode(column.name) || NameWords.isIdentifier(column.name))) {
      return feature(
          ColumnKind.CATEGORY, List.of(), "codes, by its name; if they are a quantity: number");
    }
    boolean decimals = column.points() + column.commas() == column.numberRows();
    boolean quantity = words.missing() > 0 || NameWords.isQuantity(column.name);
    if (few && decimals && !quantity && values.size() > 2) {
      return feature(
          ColumnKind.CATEGORY,
          List.of(),
          "whole numbers written as decimals, as codes are; if they are a quantity: number");
    }
    return number("");
  }

  /** Codes with leading zeros, which are no numbers. */
  private ColumnDraft ofCodes() {
    if (column.isUnique()) {
      return excluded("it has another value in every row");
    }
    return column.otherNumberRows() > column.rows() / 2
        ? excluded(
            "CHECK: codes with leading zeros, "
                + words.distinct()
                + " different values: as a category, if you shorten them, such as to two digits")
        : feature(ColumnKind.CATEGORY, List.of(), "codes with leading zeros");
  }

  private ColumnDraft number(String note) {
    boolean notNegative = column.minimum() >= 0 && NameWords.isNotNegative(column.name);
    return feature(ColumnKind.NUMBER, List.of(), notNegative ? 0.0 : null, note);
  }

  private ColumnDraft ofNumbersAndWords() {
    for (String word : words.words()) {
      String hint = NumberHints.of(word);
      if (!hint.isEmpty()) {
        return excluded("'" + shortened(word) + "' is not a number" + hint);
      }
    }
    return number("CHECK: numbers in all rows but " + taken(words.words()));
  }

  /** Reads the words as missing values; says so. */
  private String taken(List<String> read) {
    return String.format(
        Locale.ROOT,
        "%,d: %s %s",
        words.take(read),
        read.stream().map(word -> "'" + shortened(word) + "'").collect(joining(", ")),
        read.size() == 1 ? "is read as a missing value" : "are read as missing values");
  }

  private ColumnDraft ofWords() {
    List<DatePattern> formats = column.dates().formats();
    if (!formats.isEmpty()
        && column.numberRows() == 0
        && column.dates().rows() == words.present()) {
      return date(formats);
    }
    AlmostDates almost = words.almostDates();
    if (almost != null) {
      String note = "CHECK: dates in all rows but " + taken(almost.others());
      return feature(ColumnKind.DATE, List.of(almost.format().toString()), note);
    }
    List<String> values = words.all();
    String hint = words.hint();
    if (!hint.isEmpty()) {
      return excluded("'" + shortened(words.words().get(0)) + "' is not a number" + hint);
    }
    if (column.isUnique() && values.size() > 2) {
      return excluded("it has another value in every row");
    }
    if (values.size() == 2 && !hasMore()) {
      return feature(
          ColumnKind.BOOLEAN,
          CellWords.noThenYes(values.get(0), values.get(1)),
          CellWords.mayBeValue(words.missingWords(), values) ? REGION : "");
    }
    boolean many = hasMore() || values.size() > Math.max(FEW, words.present() / 2);
    if (many || column.meanLength() > FREE_TEXT_LENGTH) {
      return excluded("it is free text or names: " + words.distinct() + " different values");
    }
    List<String> scale = CellWords.scale(values);
    return scale.isEmpty()
        ? feature(
            ColumnKind.CATEGORY,
            List.of(),
            CellWords.mayBeValue(words.missingWords(), values) ? REGION : "")
        : feature(ColumnKind.ORDINAL, scale, "CHECK: the order is guessed");
  }

  private ColumnDraft date(List<DatePattern> formats) {
    DatePattern format = formats.get(0);
    String note =
        formats.stream()
            .filter(format::contradicts)
            .findFirst()
            .map(other -> "CHECK: is " + format + " right, and not " + other + "?")
            .orElse(LATER);
    return feature(ColumnKind.DATE, List.of(format.toString()), note);
  }

  private ColumnDraft excluded(String reason) {
    return feature(ColumnKind.NUMBER, List.of(), null, "").excluded(reason);
  }

  private ColumnDraft feature(ColumnKind kind, List<String> values, String note) {
    return feature(kind, values, null, note);
  }

  private ColumnDraft feature(
      ColumnKind kind, List<String> values, @Nullable Double minimum, String note) {
    boolean sensitive = note.isEmpty() && NameWords.isSensitive(column.name);
    return new ColumnDraft(
        column.name,
        kind,
        values,
        words.missing(),
        words.missingWords(),
        minimum,
        sensitive ? SENSITIVE : note,
        words.distinct(),
        words.all().stream().limit(EXAMPLES).map(KindChoice::shortened).toList());
  }

  /** The text for a message, in one line. */
  static String shortened(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
  }
}
