package dev.propensity.dataset.draft;

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

  /** Why a column that names what several rows belong to is no feature. */
  static final String GROUP = "it identifies several rows each, such as those of a customer";

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
    if (words.all().size() == 1 && words.missing() == 0) {
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

  /** Whether it names what several rows belong to. */
  private boolean isGroup() {
    int distinct = words.all().size();
    return NameWords.isIdentifier(column.name)
        && !column.isUnique()
        && !column.hasFractions()
        && distinct > FEW
        && (column.hasMoreNumbers()
            || column.hasMoreTexts()
            || distinct * (long) ROWS_PER_GROUP > column.rows());
  }

  private ColumnDraft ofNumbers() {
    if (Math.max(column.maximum(), -column.minimum()) > Float.MAX_VALUE) {
      return excluded("it has numbers beyond float32's range");
    }
    List<String> values = words.differentNumbers();
    if (values.size() == 2 && !column.hasMoreNumbers()) {
      return feature(ColumnKind.BOOLEAN, CellWords.noThenYes(values.get(0), values.get(1)), "");
    }
    if (column.isUnique() && NameWords.isIdentifier(column.name)) {
      return excluded("it has another value in every row");
    }
    if (column.hasMoreNumbers() || column.hasFractions()) {
      return number("");
    }
    if (NameWords.isTime(column.name) && DateFormats.areDigits(values)) {
      return date(List.of(DateFormats.digits()));
    }
    if (column.hasLeadingZeros()) {
      return feature(ColumnKind.CATEGORY, List.of(), "codes with leading zeros");
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

  private ColumnDraft number(String note) {
    boolean notNegative = column.minimum() >= 0 && NameWords.isNotNegative(column.name);
    return feature(ColumnKind.NUMBER, List.of(), notNegative ? 0.0 : null, note);
  }

  private ColumnDraft ofNumbersAndWords() {
    String word = words.words().get(0);
    String hint = NumberHints.of(word);
    if (!hint.isEmpty()) {
      return excluded("'" + shortened(word) + "' is not a number" + hint);
    }
    String read = "numbers in all rows but %,d: '%s' is read as a missing value";
    return number(String.format(Locale.ROOT, read, words.takeWords(), shortened(word)));
  }

  private ColumnDraft ofWords() {
    List<DatePattern> formats = column.dates().formats();
    if (!formats.isEmpty()
        && column.numberRows() == 0
        && column.dates().rows() == words.present()) {
      return date(formats);
    }
    List<String> values = words.all();
    String hint = words.hint();
    if (!hint.isEmpty()) {
      return excluded("'" + shortened(words.words().get(0)) + "' is not a number" + hint);
    }
    if (column.isUnique() && values.size() > 2) {
      return excluded("it has another value in every row");
    }
    if (values.size() == 2) {
      return feature(ColumnKind.BOOLEAN, CellWords.noThenYes(values.get(0), values.get(1)), "");
    }
    boolean many =
        column.hasMoreTexts()
            || column.hasMoreNumbers()
            || values.size() > Math.max(FEW, words.present() / 2);
    if (many || column.meanLength() > FREE_TEXT_LENGTH) {
      return excluded("it is free text or names: " + words.distinct() + " different values");
    }
    List<String> scale = CellWords.scale(values);
    return scale.isEmpty()
        ? feature(ColumnKind.CATEGORY, List.of(), "")
        : feature(ColumnKind.ORDINAL, scale, "the order is guessed");
  }

  private ColumnDraft date(List<DatePattern> formats) {
    DatePattern format = formats.get(0);
    boolean unclear = formats.stream().anyMatch(format::contradicts);
    return feature(
        ColumnKind.DATE,
        List.of(format.toString()),
        unclear
            ? "CHECK: is "
                + format
                + " right, and not "
                + formats.stream().filter(format::contradicts).findFirst().orElseThrow()
                + "?"
            : LATER);
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
