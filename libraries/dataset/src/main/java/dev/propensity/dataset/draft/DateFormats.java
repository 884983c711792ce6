package dev.propensity.dataset.draft;

import dev.propensity.table.DatePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the way in which all dates of a column are written, among the usual ones. */
final class DateFormats {
  /** The stricter ones first. */
  static final List<DatePattern> USUAL =
      Stream.concat(
              Stream.of(DatePattern.ISO),
              Stream.of(
                      "yyyy/MM/dd dd.MM.yyyy dd/MM/yyyy MM/dd/yyyy dd-MM-yyyy d.M.yyyy d/M/yyyy M/d/yyyy"
                          .split(" "))
                  .flatMap(day -> Stream.of(day, day + " HH:mm", day + " HH:mm:ss", day + " H:mm")))
          .map(DatePattern::of)
          .toList();

  private static final DatePattern DIGITS = DatePattern.of("yyyyMMdd");

  private final List<DatePattern> tried;
  private List<DayCounts> left = List.of(); // those that all texts so far have
  private long rows;

  private DateFormats(List<DatePattern> tried) {
    this.tried = tried;
  }

  /** The usual formats. */
  static DateFormats usual() {
    return new DateFormats(USUAL);
  }

  /** Dates without separators: 20240131. */
  static DateFormats digits() {
    return new DateFormats(List.of(DIGITS));
  }

  /** Adds a text. */
  void add(char[] text, int length) {
    if (rows++ == 0) {
      left = tried.stream().map(DayCounts::new).collect(Collectors.toCollection(ArrayList::new));
    }
    left.removeIf(format -> !format.add(text, length));
  }

  /** How many texts were added. */
  long rows() {
    return rows;
  }

  /** The formats that all texts have, the best one first; none if they are not dates. */
  List<DatePattern> formats() {
    return left.stream().map(DayCounts::pattern).toList();
  }

  /** The days in the best format with their rows; none if there are too many to count them. */
  SortedMap<Long, Long> days() {
    return left.isEmpty() ? new TreeMap<>() : left.get(0).days();
  }
}
