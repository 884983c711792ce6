package dev.propensity.dataset.request;

import dev.propensity.dataset.rows.RowSchema;
import dev.propensity.foundation.UserException;
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
public record CsvType(boolean hasHeader, @Nullable String decimal) {
  private static final String DECIMAL = "decimal=";

  /**
   * Parses the header.
   *
   * @throws UserException for another decimal sign
   */
  public static CsvType of(String contentType) {
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
          throw new UserException(
              "send decimal=comma, decimal=point or neither, not '" + parameter + "'");
    };
  }

  /** The schema to read such a body with. */
  public RowSchema of(RowSchema schema) {
    return decimal == null ? schema : schema.withDecimal(decimal);
  }
}
