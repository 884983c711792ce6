package dev.propensity.endpoint;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.table.CellError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The response of an endpoint that rejects rows.
 *
 * @param detail what is wrong, in one line
 * @param errors those that are listed; none where the request as a whole is at fault
 * @param count how many there are in all
 * @param csv how the table was read; null where it is not reported
 */
public record RejectionBody(
    String detail, List<CellError> errors, long count, @Nullable String csv) {
  /** How a server of an earlier version begins where one row of a request is at fault. */
  private static final Pattern ROW = Pattern.compile("row (\\d{1,9}): (.*)", Pattern.DOTALL);

  /**
   * Parses a response.
   *
   * @param text problem JSON, or any text
   */
  public static RejectionBody parse(String text) {
    JsonNode problem = tree(text);
    String detail = problem.path("detail").asText(text);
    List<CellError> errors = errors(problem.path("errors"));
    Matcher matcher = ROW.matcher(detail);
    if (errors.isEmpty() && matcher.matches()) {
      errors =
          List.of(
              new CellError(Integer.parseInt(matcher.group(1)), "the row", null, matcher.group(2)));
    }
    long count = Math.max(errors.size(), problem.path("count").asLong());
    return new RejectionBody(detail, errors, count, problem.path("csv").textValue());
  }

  private static List<CellError> errors(JsonNode list) {
    List<CellError> errors = new ArrayList<>();
    for (JsonNode error : list) {
      errors.add(
          new CellError(
              error.path("line").asLong(error.path("row").asLong()),
              error.path("column").asText(),
              error.path("value").textValue(),
              error.path("rule").asText()));
    }
    return errors;
  }

  private static JsonNode tree(String text) {
    try {
      return CanonicalJson.mapper().readTree(text.getBytes(StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    } catch (IOException e) {
      throw new IllegalStateException(e); // no stream is read
    }
  }
}
