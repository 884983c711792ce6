package dev.propensity.dataset.draft;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes texts so that every YAML parser reads the same text again. */
final class YamlText {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z_/][A-Za-z0-9_./-]*( [A-Za-z0-9_./()-]+)*");
  private static final Pattern NAME_RANGE =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*\\{\\d+\\.\\.\\d+}");
  private static final Set<String> RESERVED =
      Set.of("y", "n", "yes", "no", "true", "false", "on", "off", "null", "none");

  private YamlText() {}

  /** The text as a scalar: plain where no parser can take it for something else, else in quotes. */
  static String scalar(String text) {
    boolean plain =
        (PLAIN.matcher(text).matches() || NAME_RANGE.matcher(text).matches())
            && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : quoted(text);
  }

  /** The texts as a list on one line. */
  static String list(List<String> texts) {
    return texts.stream()
        .map(text -> text.indexOf('{') < 0 ? scalar(text) : quoted(text))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** The text in a comment, in one line. */
  static String comment(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints().forEach(c -> line.append(isPrintable(c) ? Character.toString(c) : " "));
    return line.toString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (isPrintable(c)) {
                quoted.appendCodePoint(c);
              } else {
                quoted.append(
                    c > 0xFFFF ? String.format("\\U%08X", c) : String.format("\\u%04X", c));
              }
            });
    return quoted.append('"').toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> c < 0x10000;
    };
  }
}
