package dev.propensity.tasks.serve.upload;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A header's value with its parameters: {@code form-data; name="data_file"}.
 *
 * @param value before the first semicolon
 * @param parameters by name in lower case, unquoted
 */
record HeaderValue(String value, Map<String, String> parameters) {

  static HeaderValue parse(String text) {
    int end = text.indexOf(';');
    String value = (end < 0 ? text : text.substring(0, end)).strip();
    Map<String, String> parameters = new HashMap<>();
    int at = end < 0 ? text.length() : end + 1;
    while (at < text.length()) {
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        break;
      }
      String name = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
      StringBuilder parameter = new StringBuilder();
      at = parameter(text, equals + 1, parameter);
      parameters.putIfAbsent(name, parameter.toString());
    }
    return new HeaderValue(value, parameters);
  }

  /** The parameter, or null. */
  @Nullable String parameter(String name) {
    return parameters.get(name);
  }

  /** Reads a parameter's value, quoted or not, and returns where the next begins. */
  private static int parameter(String text, int from, StringBuilder into) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (at == text.length() || text.charAt(at) != '"') {
      int end = text.indexOf(';', at);
      into.append(text.substring(at, end < 0 ? text.length() : end).strip());
      return end < 0 ? text.length() : end + 1;
    }
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      into.append(text.charAt(at++));
    }
    int end = text.indexOf(';', at);
    return end < 0 ? text.length() : end + 1;
  }
}
