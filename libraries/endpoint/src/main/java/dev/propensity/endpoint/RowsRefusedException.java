package dev.propensity.endpoint;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A model's refusal of rows: the one failure of a scoring that is the rows' or the model's. */
public final class RowsRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String detail;

  private RowsRefusedException(String message, String detail) {
    super(message);
    this.detail = detail;
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
    return new RowsRefusedException(where + " answered " + status + ": " + said, detail(said));
  }

  /** What the model said of the rows, in one line; it counts rows of a request from 1. */
  public String detail() {
    return detail;
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
