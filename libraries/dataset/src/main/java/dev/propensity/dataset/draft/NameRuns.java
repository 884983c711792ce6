package dev.propensity.dataset.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes columns that differ by a number in their names as one: {@code var_{0..199}}. */
final class NameRuns {
  private static final int FEWEST = 3;
  private static final Pattern NUMBERED = Pattern.compile("([^{}]*?)(\\d{1,9})([^\\d{}]*)");

  /**
   * Some columns of one kind.
   *
   * @param name a column's name, or a range of names
   * @param first the first of them, like which all are, but for missing values
   * @param missing whether any of them has missing values
   */
  record Run(String name, ColumnDraft first, int columns, boolean missing) {}

  private NameRuns() {}

  /** The columns in their order, where consecutive ones are alike as a range. */
  static List<Run> of(List<ColumnDraft> columns) {
    List<Run> runs = new ArrayList<>();
    int from = 0;
    while (from < columns.size()) {
      int to = from + 1;
      while (to < columns.size()
          && follows(columns.get(to - 1), columns.get(to), columns.get(from))) {
        to++;
      }
      if (to - from < FEWEST) {
        runs.add(run(columns.subList(from, from + 1)));
        from++;
      } else {
        runs.add(run(columns.subList(from, to)));
        from = to;
      }
    }
    return runs;
  }

  private static Run run(List<ColumnDraft> columns) {
    ColumnDraft first = columns.get(0);
    boolean missing = columns.stream().anyMatch(column -> column.missing() > 0);
    if (columns.size() == 1) {
      return new Run(first.name(), first, 1, missing);
    }
    Matcher begin = numbered(first.name());
    Matcher end = numbered(columns.get(columns.size() - 1).name());
    String name =
        begin.group(1) + "{" + begin.group(2) + ".." + end.group(2) + "}" + begin.group(3);
    return new Run(name, first, columns.size(), missing);
  }

  private static boolean follows(ColumnDraft before, ColumnDraft column, ColumnDraft first) {
    Matcher a = numbered(before.name());
    Matcher b = numbered(column.name());
    if (!a.matches() || !b.matches() || !column.isLike(first)) {
      return false;
    }
    boolean padded = isPadded(numbered(first.name()).group(2)) || isPadded(b.group(2));
    String digits = padded ? "%0" + a.group(2).length() + "d" : "%d";
    String next = String.format(Locale.ROOT, digits, Integer.parseInt(a.group(2)) + 1);
    return a.group(1).equals(b.group(1))
        && a.group(3).equals(b.group(3))
        && next.equals(b.group(2))
        && (!padded || a.group(2).length() == b.group(2).length());
  }

  private static boolean isPadded(String number) {
    return number.length() > 1 && number.startsWith("0");
  }

  /** The parts of a name; its groups exist if it matches. */
  private static Matcher numbered(String name) {
    Matcher matcher = NUMBERED.matcher(name);
    matcher.matches();
    return matcher;
  }
}
