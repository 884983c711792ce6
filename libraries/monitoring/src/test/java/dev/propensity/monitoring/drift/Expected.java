package dev.propensity.monitoring.drift;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** Numbers that {@code drift/expected.py} computed with NumPy and SciPy. */
final class Expected {
  private static final JsonNode ALL = read();

  private Expected() {}

  private static JsonNode read() {
    try (InputStream in = Expected.class.getResourceAsStream("/drift/expected.json")) {
      return CanonicalJson.mapper().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The number at a JSON pointer. */
  static double number(String pointer) {
    return ALL.at(pointer).asDouble();
  }

  static boolean flag(String pointer) {
    return ALL.at(pointer).asBoolean();
  }

  static double[] numbers(String pointer) {
    return StreamSupport.stream(ALL.at(pointer).spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
