package dev.propensity.dataset.draft;

import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.table.DatePattern;
import java.util.List;

/** Decides what a column is, or why it is not a feature. */
final class KindChoice {
  private static final double FREE_TEXT_LENGTH = 50; // bytes on average
  private static final int FEW = 50; // different values, however few rows there are
  private static final int ROWS_PER_GROUP = 20; // at most, on average
  private static final int SHOWN = 40; // characters of a text

  /** Why a column that names what several rows belong to is not a feature. */
  static final String GROUP = "it identifies several rows each, such as those of a customer";

  private static final String REGION =
      "CHECK: is 'NA' a missing value, or one like the others? If so, delete it from missing_values";

  private final ColumnProfile column;
  private final ColumnWords words;
  private final ColumnDrafting drafting;
  private final boolean comma;

  private KindChoice(ColumnProfile column, boolean comma) {
    this.column = column;
    this.words = new ColumnWords(column);
    this.drafting = new ColumnDrafting(column, words);
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
      return drafting.excluded("it has no name in the header");
    }
    if (column.name.matches("(?s).*\\{[^{}]*\\.\\..*")) {
      return drafting.excluded("rename it: braces with two dots are a range of names in this file");
    }
    if (words.present() == 0) {
      return drafting.excluded("it has no value in any row");
    }
    if (words.all().size() == 1 && words.missing() == 0 && !words.hasMore()) {
      return drafting.excluded("it is '" + shortened(words.all().get(0)) + "' in every row");
    }
    if (column.numberRows() > 0 && (comma ? column.points() : column.commas()) > 0) {
      return drafting.excluded(
          comma
              ? "it has numbers with decimal points in a table with decimal commas"
              : "it has numbers with decimal commas in a table with decimal points");
    }
    if (isGroup()) {
      return drafting.excluded(GROUP);
    }
    return words.areNumbers() ? new NumberChoice(column, words, drafting).draft() : ofWords();
  }

  /** Whether it names what several rows belong to. */
  private boolean isGroup() {
    int distinct = words.all().size();
    return NameWords.isIdentifier(column.name)
        && !column.isUnique()
        && !column.hasFractions()
        && distinct > FEW
        && (words.hasMore() || distinct * (long) ROWS_PER_GROUP > column.rows());
  }

  private ColumnDraft ofWords() {
    List<DatePattern> formats = column.dates().formats();
    if (!formats.isEmpty()
        && column.numberRows() == 0
        && column.dates().rows() == words.present()) {
      return drafting.date(formats);
    }
    AlmostDates almost = words.almostDates();
    if (almost != null) {
      String note = "CHECK: dates in all rows but " + drafting.taken(almost.others());
      return drafting.feature(ColumnKind.DATE, List.of(almost.format().toString()), note);
    }
    List<String> values = words.all();
    String hint = words.hint();
    if (!hint.isEmpty()) {
      return drafting.excluded("'" + shortened(words.words().get(0)) + "' is not a number" + hint);
    }
    if (column.isUnique() && values.size() > 2) {
      return drafting.excluded("it has another value in every row");
    }
    if (values.size() == 2 && !words.hasMore()) {
      return drafting.feature(
          ColumnKind.BOOLEAN,
          CellWords.noThenYes(values.get(0), values.get(1)),
          CellWords.mayBeValue(words.missingWords(), values) ? REGION : "");
    }
    boolean many = words.hasMore() || values.size() > Math.max(FEW, words.present() / 2);
    if (many || column.meanLength() > FREE_TEXT_LENGTH) {
      return drafting.excluded(
          "it is free text or names: " + words.distinct() + " different values");
    }
    List<String> scale = CellWords.scale(values);
    return scale.isEmpty()
        ? drafting.feature(
            ColumnKind.CATEGORY,
            List.of(),
            CellWords.mayBeValue(words.missingWords(), values) ? REGION : "")
        : drafting.feature(ColumnKind.ORDINAL, scale, "CHECK: the order is guessed");
  }

  /** The text for a message, in one line. */
  static String shortened(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
  }
}
