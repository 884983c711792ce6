package dev.propensity.dataset;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a table's cells: the first ten, and the count of all. */
public final class CellErrors {
  private static final int SHOWN = 10;
  private static final int LONGEST = 60;

  private final List<CellError> first = new ArrayList<>();
  private long count;

  CellErrors() {}

  void add(long line, String column, String value, String rule) {
    count++;
    if (first.size() < SHOWN) {
      String shown = value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
      first.add(new CellError(line, column, shown, rule));
    }
  }

  /** Forgets what was found after there were so many. */
  void forget(long after) {
    count = after;
    while (first.size() > after) {
      first.remove(first.size() - 1);
    }
  }

  /** The first ten, in the file's order. */
  public List<CellError> first() {
    return List.copyOf(first);
  }

  /** How many there are in all. */
  public long count() {
    return count;
  }
}
