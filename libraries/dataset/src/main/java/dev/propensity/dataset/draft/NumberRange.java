package dev.propensity.dataset.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The range of a column's numbers, and of those that cannot mean a missing value. */
final class NumberRange {
  /** Numbers by which tables say that a value is missing, ascending. */
  private static final int[] SENTINELS = {
    -99_999_999,
    -9_999_999,
    -999_999,
    -99_999,
    -9_999,
    -999,
    -99,
    -9,
    -8,
    -7,
    -6,
    -5,
    -4,
    -3,
    -2,
    -1,
    99,
    999,
    9_999,
    99_999,
    999_999,
    9_999_999,
    99_999_999
  };

  private static final int LOWEST_CODE = -9; // codes are -1 to this
  private static final int MOST_CODES = 3;
  private static final int FEWEST_OTHERS = 10; // different numbers beside codes; fewer are a scale
  private static final double FEWEST_ROWS = 0.005;
  private static final int FEWEST = 5; // rows

  private final long[] counts = new long[SENTINELS.length];
  private double minimum = Double.POSITIVE_INFINITY;
  private double maximum = Double.NEGATIVE_INFINITY;
  private double otherMinimum = Double.POSITIVE_INFINITY; // of all that are none of SENTINELS
  private double otherMaximum = Double.NEGATIVE_INFINITY;

  void add(double number) {
    minimum = Math.min(minimum, number);
    maximum = Math.max(maximum, number);
    if (number < 0 || number >= 99) {
      int whole = (int) number;
      int place = whole == number ? Arrays.binarySearch(SENTINELS, whole) : -1;
      if (place >= 0) {
        counts[place]++;
        return;
      }
    }
    otherMinimum = Math.min(otherMinimum, number);
    otherMaximum = Math.max(otherMaximum, number);
  }

  double minimum() {
    return minimum;
  }

  double maximum() {
    return maximum;
  }

  /** The smallest number but for these. */
  double minimumWithout(List<Integer> sentinels) {
    double smallest = otherMinimum;
    for (int i = 0; i < SENTINELS.length; i++) {
      if (counts[i] > 0 && !sentinels.contains(SENTINELS[i])) {
        smallest = Math.min(smallest, SENTINELS[i]);
      }
    }
    return smallest;
  }

  /** How many times this number of {@link #sentinels} was added. */
  long rows(int sentinel) {
    return counts[Arrays.binarySearch(SENTINELS, sentinel)];
  }

  /**
   * The numbers that probably mean a missing value, ascending: numbers of nines, such as -9 or 999,
   * that are further from all other numbers than these are from each other; and at most three of -1
   * to -9 while at least ten other numbers are all 0 or more. Together, they are in at least 0.5%
   * of the rows, and in five.
   *
   * @param rows of the table
   * @param different how many different numbers there are, at least
   * @param signed whether the column's name is that of a quantity that may be below 0, so that -1
   *     is a number like others
   */
  List<Integer> sentinels(long rows, int different, boolean signed) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < SENTINELS.length; i++) {
      if (counts[i] > 0) {
        found.add(SENTINELS[i]);
      }
    }
    List<Integer> codes = found.stream().filter(one -> one < 0 && one >= LOWEST_CODE).toList();
    boolean coded = !signed && different - found.size() >= FEWEST_OTHERS && areCodes(codes);
    double from = otherMinimum;
    double to = otherMaximum;
    boolean all = false;
    while (!all) {
      double low = from;
      double high = to;
      List<Integer> others =
          found.stream()
              .filter(one -> !isFar(one, low, high) && !(coded && low >= 0 && codes.contains(one)))
              .toList();
      all = others.isEmpty();
      found.removeAll(others);
      for (int other : others) {
        from = Math.min(from, other);
        to = Math.max(to, other);
      }
    }
    long inRows = found.stream().mapToLong(this::rows).sum();
    return inRows >= Math.max(FEWEST, FEWEST_ROWS * rows) ? List.copyOf(found) : List.of();
  }

  /** Whether they are not the end of a range, such as -1, -2 and -3 degrees. */
  private static boolean areCodes(List<Integer> codes) {
    return codes.size() == 1
        || !codes.isEmpty() && codes.size() <= MOST_CODES && codes.get(0) < -codes.size();
  }

  /** Whether it has nines only, and is further from the range than its width. */
  private static boolean isFar(int number, double from, double to) {
    boolean nines = number <= LOWEST_CODE || number > 0;
    return nines && to > from && Math.max(from - number, number - to) > to - from;
  }
}
