package dev.propensity.tasks.serve.rows;

import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.tasks.serve.http.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code Content-Type: text/csv}.
 *
 * @param hasHeader whether the first line is a header, unless {@code header=absent} (RFC 4180);
 *     without one, the columns are the model's, in its order
 * @param decimal the decimal sign, "." or ",", by {@code decimal=point} or {@code decimal=comma};
 *     null if it is detected
 */
record CsvType(boolean hasHeader, @Nullable String decimal) {
  private static final String DECIMAL = "decimal=";

  /**
   * @throws Problem for another decimal sign
   */
  static CsvType of(String contentType) {
    List<String> parameters =
        Arrays.stream(contentType.split(";"))
            .map(part -> part.strip().toLowerCase(Locale.ROOT).replace("\"", ""))
            .toList();
    String decimal = null;
    for (String parameter : parameters) {
      if (parameter.startsWith(DECIMAL)) {
        decimal = sign(parameter);
      }
    }
    return new CsvType(!parameters.contains("header=absent"), decimal);
  }

  private static String sign(String parameter) {
    return switch (parameter.substring(DECIMAL.length())) {
      case "comma" -> ",";
      case "point" -> ".";
      default ->
          throw new Problem(
              415, "send decimal=comma, decimal=point or neither, not '" + parameter + "'");
    };
  }

  /** The schema to read such a body with. */
  RowSchema of(RowSchema schema) {
    return decimal == null ? schema : schema.withDecimal(decimal);
  }
}
