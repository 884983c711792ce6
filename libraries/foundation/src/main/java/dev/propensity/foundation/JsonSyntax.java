package dev.propensity.foundation;

import com.fasterxml.jackson.core.JacksonException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Describes syntax errors of JSON, without the parser's features and options. */
public final class JsonSyntax {
  /**
   * The replacement of a message of the parser.
   *
   * @param message what that message contains
   * @param text a format of the message's groups
   */
  private record Explanation(Pattern message, String text) {
    Explanation(String message, String text) {
      this(Pattern.compile(message), text);
    }

    String of(Matcher found) {
      Object[] groups = new Object[found.groupCount()];
      for (int i = 0; i < groups.length; i++) {
        groups[i] = found.group(i + 1);
      }
      return text.formatted(groups);
    }
  }

  /** The first one that matches counts. */
  private static final List<Explanation> EXPLANATIONS =
      List.of(
          new Explanation("Unexpected end-of-input", "it ends too early"),
          new Explanation("token '[+-]?(?:NaN|INF|Infinity)", "NaN and infinities are not JSON"),
          new Explanation(
              "Unrecognized token '([^']*)'", "'%s' is not a JSON value; text needs double quotes"),
          new Explanation("'\\}' \\(code.*start field name", "unexpected } after a comma"),
          new Explanation(
              "\\('(.{1,2})' \\(code.*start field name",
              "a name must begin with a double quote, not with %s"),
          new Explanation(
              "Leading zeroes not allowed",
              "a number must not begin with 0; a code with zeros is text in double quotes"),
          new Explanation("numbers to have plus signs", "a number must not begin with +"),
          new Explanation("Decimal point not|Exponent indicator not", "a number ends too early"),
          new Explanation("\\('(.{1,2})' \\(code.*in numeric value", "unexpected %s in a number"),
          new Explanation(
              "Illegal unquoted character", "a line end or tab in a text must be \\n or \\t"),
          new Explanation(
              "Unrecognized character escape", "a backslash in a text must be written twice"),
          new Explanation(
              "Unexpected close marker '(.)': expected '(.)'", "unexpected %s, %s is missing"),
          new Explanation("Unexpected character \\('(.{1,2})' \\(code", "unexpected %s"),
          new Explanation(
              "Duplicate (?:field|Object property) [\"'](.*?)[\"']", "the key '%s' is a duplicate"),
          new Explanation("UTF-8|UTF-32", "it is not in UTF-8"),
          new Explanation("nesting depth", "its values are nested too deeply"),
          new Explanation("Number value length", "a number has too many digits"),
          new Explanation("String.* length", "a text is too long"),
          new Explanation("[Nn]ame.* length", "a name is too long"));

  private JsonSyntax() {}

  /**
   * A short description of the error: {@code 'old' is not a JSON value; text needs double quotes}.
   */
  public static String explain(JacksonException e) {
    String message = String.valueOf(e.getOriginalMessage());
    for (Explanation explanation : EXPLANATIONS) {
      Matcher found = explanation.message().matcher(message);
      if (found.find()) {
        return explanation.of(found);
      }
    }
    return "it is not valid JSON";
  }
}
