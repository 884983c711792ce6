package dev.propensity.dataset.draft;

import dev.propensity.table.DatePattern;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the way in which all dates of a column are written, among the usual ones. */
final class DateFormats {
  /** The stricter ones first. */
  private static final List<DatePattern> USUAL =
      Stream.of(
              "yyyy/MM/dd dd.MM.yyyy dd/MM/yyyy MM/dd/yyyy dd-MM-yyyy d.M.yyyy d/M/yyyy M/d/yyyy"
                  .split(" "))
          .flatMap(day -> Stream.of(day, day + " HH:mm", day + " HH:mm:ss", day + " H:mm"))
          .map(DatePattern::of)
          .toList();

  private static final DatePattern ISO = DatePattern.of(DatePattern.ISO);
  private static final DatePattern DIGITS = DatePattern.of("yyyyMMdd");

  private boolean iso = true;
  private long usual = (1L << USUAL.size()) - 1; // a bit for each that all texts so far have
  private long rows;

  /** Adds a text that begins with a digit and is no number. */
  void add(char[] text, int length) {
    rows++;
    iso = iso && isDate(ISO, text, length);
    for (long left = usual; left != 0; left &= left - 1) {
      int number = Long.numberOfTrailingZeros(left);
      if (!isDate(USUAL.get(number), text, length)) {
        usual &= ~(1L << number);
      }
    }
  }

  private static boolean isDate(DatePattern pattern, char[] text, int length) {
    long day = pattern.epochDay(text, 0, length);
    return day != DatePattern.NOT_A_DATE && day != DatePattern.NO_SUCH_DATE;
  }

  /** How many texts were added. */
  long rows() {
    return rows;
  }

  /** The formats that all texts have, the best one first; none if they are not dates. */
  List<DatePattern> formats() {
    if (rows == 0) {
      return List.of();
    }
    return Stream.concat(
            Stream.of(ISO).filter(pattern -> iso),
            IntStream.range(0, USUAL.size())
                .filter(number -> (usual >>> number & 1) == 1)
                .mapToObj(USUAL::get))
        .toList();
  }

  /** Whether these numbers are dates without separators: 20240131. */
  static boolean areDigits(List<String> numbers) {
    return numbers.stream()
        .allMatch(
            number ->
                number.length() == 8
                    && (number.startsWith("19") || number.startsWith("20"))
                    && isDate(DIGITS, number.toCharArray(), number.length()));
  }

  /** The format of {@link #areDigits}. */
  static DatePattern digits() {
    return DIGITS;
  }
}
