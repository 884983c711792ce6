package dev.propensity.dataset.draft;

import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.table.NumberHints;
import java.util.List;

/** Decides what a column of numbers is: a quantity, codes, a boolean or a date. */
final class NumberChoice {
  private static final int FEW = 50; // rows
  private static final int MAX_CODES = 1_000;
  private static final int ROWS_PER_CODE = 20; // at least, on average

  private final ColumnProfile column;
  private final ColumnWords words;
  private final ColumnDrafting drafting;

  NumberChoice(ColumnProfile column, ColumnWords words, ColumnDrafting drafting) {
    this.column = column;
    this.words = words;
    this.drafting = drafting;
  }

  /** The draft of a column whose values are numbers, but for a few words. */
  ColumnDraft draft() {
    if (mayHaveSentinels()) {
      words.takeSentinels();
    }
    return words.words().isEmpty() ? ofNumbers() : ofNumbersAndWords();
  }

  /** Whether it can only be a quantity or a boolean, in which a number can mean a missing value. */
  private boolean mayHaveSentinels() {
    return !column.isUnique()
        && !column.hasLeadingZeros()
        && column.digits().formats().isEmpty()
        && !NameWords.isCode(column.name)
        && !NameWords.isIdentifier(column.name);
  }

  private ColumnDraft ofNumbers() {
    if (Math.max(column.range().maximum(), -column.range().minimum()) > Float.MAX_VALUE) {
      return drafting.excluded("it has numbers beyond float32's range");
    }
    List<String> values = words.differentNumbers();
    if (values.size() == 2 && !words.hasMore()) {
      return drafting.feature(
          ColumnKind.BOOLEAN, CellWords.noThenYes(values.get(0), values.get(1)), "");
    }
    if (column.isUnique() && NameWords.isIdentifier(column.name)) {
      return drafting.excluded("it has another value in every row");
    }
    if (!column.digits().formats().isEmpty()) {
      return drafting.date(column.digits().formats());
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
    if (words.hasMore() || column.hasFractions()) {
      return number("");
    }
    boolean few =
        values.size() <= MAX_CODES && values.size() * (long) ROWS_PER_CODE <= column.rows();
    if (few && (NameWords.isCode(column.name) || NameWords.isIdentifier(column.name))) {
      return category("codes, by its name; if they are a quantity: number");
    }
    boolean decimals = column.points() + column.commas() == column.numberRows();
    boolean quantity = words.missing() > 0 || NameWords.isQuantity(column.name);
    if (few && decimals && !quantity && values.size() > 2) {
      return category(
          "whole numbers written as decimals, as codes are; if they are a quantity: number");
    }
    return number("");
  }

  private ColumnDraft category(String note) {
    return drafting.feature(ColumnKind.CATEGORY, List.of(), note);
  }

  /** Codes with leading zeros, which are no numbers. */
  private ColumnDraft ofCodes() {
    if (column.isUnique()) {
      return drafting.excluded("it has another value in every row");
    }
    return column.otherNumberRows() > column.rows() / 2
        ? drafting.excluded(
            "CHECK: codes with leading zeros, "
                + words.distinct()
                + " different values: as a category, if you shorten them, such as to two digits")
        : category("codes with leading zeros");
  }

  private ColumnDraft number(String note) {
    boolean notNegative =
        column.range().minimumWithout(words.sentinels()) >= 0
            && NameWords.isNotNegative(column.name);
    return drafting.number(notNegative ? 0.0 : null, note);
  }

  private ColumnDraft ofNumbersAndWords() {
    for (String word : words.words()) {
      String hint = NumberHints.of(word);
      if (!hint.isEmpty()) {
        return drafting.excluded("'" + KindChoice.shortened(word) + "' is not a number" + hint);
      }
    }
    return number("CHECK: numbers in all rows but " + drafting.taken(words.words()));
  }
}
