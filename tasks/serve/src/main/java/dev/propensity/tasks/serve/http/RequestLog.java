package dev.propensity.tasks.serve.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;

/**
 * One line of JSON a request, to stderr: its id, method, path, status, rows, milliseconds, model.
 * No cell of a row and no parameter of the address stands in it.
 */
public final class RequestLog {
  private static final int MAX_PATH_LENGTH = 200;

  private RequestLog() {}

  /**
   * Writes the line of a request that has been answered.
   *
   * @param milliseconds from the request to its answer
   */
  public static void write(Context context, float milliseconds) {
    Integer rows = context.attribute(Attributes.ROWS);
    String model = context.attribute(Attributes.MODEL);
    StringBuilder line = new StringBuilder(256);
    field(line, '{', "request", context.res().getHeader(StandardHeaders.REQUEST_ID));
    String inference = context.res().getHeader(StandardHeaders.INFERENCE_ID);
    if (inference != null) {
      field(line, ',', "inference", inference);
    }
    field(line, ',', "method", context.req().getMethod());
    field(line, ',', "path", shortened(context.path()));
    line.append(",\"status\":").append(context.statusCode());
    line.append(",\"rows\":").append(rows == null ? 0 : rows);
    line.append(",\"ms\":").append(Math.round(milliseconds * 1000) / 1000.0);
    field(line, ',', "model", model);
    line.append("}\n");
    byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
    System.err.write(bytes, 0, bytes.length);
    System.err.flush();
  }

  private static void field(StringBuilder line, char before, String name, String value) {
    line.append(before).append('"').append(name).append("\":");
    if (value == null) {
      line.append("null");
    } else {
      JsonText.append(line, value);
    }
  }

  private static String shortened(String path) {
    return path.length() <= MAX_PATH_LENGTH ? path : path.substring(0, MAX_PATH_LENGTH) + "…";
  }
}
