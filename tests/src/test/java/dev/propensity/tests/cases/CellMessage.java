package dev.propensity.tests.cases;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first cell in a rejection, without the text that each entry point adds.
 *
 * @param value empty for an empty cell
 * @param rule that the cell breaks
 */
record CellMessage(long line, String column, String value, String rule) {
  private static final Pattern CELL =
      Pattern.compile(
          "line (\\d+)[,:] ([^;/]+?) is (?:empty|'((?:(?! / ).)*?)'): (.+?)(?=;| / |$)");

  /** The first cell of a message; nothing where it names none. */
  static Optional<CellMessage> first(String message) {
    Matcher matcher = CELL.matcher(message);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String value = matcher.group(3);
    return Optional.of(
        new CellMessage(
            Long.parseLong(matcher.group(1)),
            matcher.group(2),
            value == null ? "" : value,
            matcher.group(4)));
  }

  @Override
  public String toString() {
    return "line " + line + ", " + column + " is '" + value + "': " + rule;
  }
}
