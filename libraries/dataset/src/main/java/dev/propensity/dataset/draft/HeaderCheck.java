package dev.propensity.dataset.draft;

import dev.propensity.table.Dialect;
import dev.propensity.table.Numbers;
import java.util.ArrayList;
import java.util.List;

/** Tells whether the first line of a table is a row like the others, and no header. */
final class HeaderCheck {
  private final List<ColumnProfile> columns;
  private final List<Double> numbers = new ArrayList<>(); // in the first line

  /**
   * @param columns named by the first line
   */
  HeaderCheck(List<ColumnProfile> columns, Dialect dialect) {
    this.columns = columns;
    for (ColumnProfile column : columns) {
      boolean comma = dialect.separator() == ';';
      double number = Numbers.parseOrNaN(comma ? column.name.replace(',', '.') : column.name);
      if (!Double.isNaN(number)) {
        numbers.add(number);
      }
    }
  }

  /**
   * Whether at least a third of its cells are numbers, and its other cells occur in other rows, or
   * most cells are numbers. Consecutive numbers, such as years, are names.
   */
  boolean isRow() {
    if (numbers.size() * 3 < columns.size()) {
      return false;
    }
    return isRepeated() || !areConsecutive() && numbers.size() * 3 >= columns.size() * 2;
  }

  /** Whether a word of the first line is a value of its column, too. */
  private boolean isRepeated() {
    return columns.stream()
        .anyMatch(column -> !column.name.isEmpty() && column.textWords().containsKey(column.name));
  }

  private boolean areConsecutive() {
    for (int i = 1; i < numbers.size(); i++) {
      if (numbers.get(i) != numbers.get(i - 1) + 1) {
        return false;
      }
    }
    return numbers.size() > 1;
  }
}
