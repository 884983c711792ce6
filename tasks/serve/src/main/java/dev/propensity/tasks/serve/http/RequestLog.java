package dev.propensity.tasks.serve.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One line of JSON per request, to stderr: its id, method, path, status, rows, milliseconds, model.
 * It contains no cell of a row and no query parameter.
 */
public final class RequestLog {
  private static final int MAX_PATH_LENGTH = 200;
  private static final JsonFactory JSON = new JsonFactory();

  private RequestLog() {}

  /**
   * Writes the line of a finished request.
   *
   * @param milliseconds from the request to its response
   */
  public static void write(Context context, float milliseconds) {
    Integer rows = context.attribute(Attributes.ROWS);
    String model = context.attribute(Attributes.MODEL);
    String inference = context.res().getHeader(StandardHeaders.INFERENCE_ID);
    StringWriter line = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("request", context.res().getHeader(StandardHeaders.REQUEST_ID));
      if (inference != null) {
        json.writeStringField("inference", inference);
      }
      json.writeStringField("method", context.req().getMethod());
      json.writeStringField("path", shortened(context.path()));
      json.writeNumberField("status", context.statusCode());
      json.writeNumberField("rows", rows == null ? 0 : rows);
      json.writeNumberField("ms", Math.round(milliseconds * 1000) / 1000.0);
      json.writeStringField("model", model);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    System.err.write(bytes, 0, bytes.length);
    System.err.flush();
  }

  private static String shortened(String path) {
    return path.length() <= MAX_PATH_LENGTH ? path : path.substring(0, MAX_PATH_LENGTH) + "…";
  }
}
