package dev.propensity.endpoint;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model's refusal of rows: the one failure of a scoring that is the rows' or the model's. */
public final class RowsRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** How the project's server begins where one row of a request is at fault. */
  private static final Pattern ROW = Pattern.compile("row (\\d{1,9}): (.*)", Pattern.DOTALL);

  private static final Set<Integer> STATUSES = Set.of(400, 413, 415, 422);

  private final int row;
  private final String rule;

  private RowsRefusedException(String message, int row, String rule, Throwable cause) {
    super(message, cause);
    this.row = row;
    this.rule = rule;
  }

  /** Whether an answer of this status is one: the rows' fault, or more than a request may hold. */
  public static boolean isRefusal(int status) {
    return STATUSES.contains(status);
  }

  /**
   * A refusal as the container wrote it.
   *
   * @param where the address that answered
   * @param status the answer's status
   * @param body problem JSON, or any text
   */
  public static RowsRefusedException of(String where, int status, byte[] body) {
    String said = new String(body, StandardCharsets.UTF_8).strip();
    String detail = detail(said);
    Matcher matcher = ROW.matcher(detail);
    boolean one = matcher.matches();
    return new RowsRefusedException(
        where + " answered " + status + ": " + said,
        one ? Integer.parseInt(matcher.group(1)) : 0,
        one ? matcher.group(2) : detail,
        null);
  }

  /** The same of a request that came after others with so many rows. */
  RowsRefusedException after(int rows) {
    return new RowsRefusedException(getMessage(), row == 0 ? 0 : rows + row, rule, this);
  }

  /** The row at fault, from 1, among all that were to be scored; nothing where none is named. */
  public Optional<Integer> row() {
    return row == 0 ? Optional.empty() : Optional.of(row);
  }

  /** What is wrong, in one line. */
  public String rule() {
    return rule;
  }

  private static String detail(String said) {
    try {
      JsonNode json = CanonicalJson.mapper().readTree(said.getBytes(StandardCharsets.UTF_8));
      return json.path("detail").asText(said);
    } catch (JacksonException e) {
      return said;
    } catch (IOException e) {
      throw new IllegalStateException(e); // no stream is read
    }
  }
}
