package dev.propensity.foundation;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * JSON in the canonical form of <a href="https://www.rfc-editor.org/rfc/rfc8785">RFC 8785</a>: keys
 * sorted by UTF-16 code units, no white space, numbers as ECMAScript writes doubles. Equal values
 * are equal bytes, so that their digests can be compared.
 *
 * <p>Integers beyond ±2<sup>53</sup>, NaN and infinities are not allowed and are rejected with an
 * {@link IllegalArgumentException}.
 */
public final class CanonicalJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private CanonicalJson() {}

  /** The mapper that turns records into trees and back; unknown keys are errors. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /**
   * This value (a record, map, list or tree) as canonical JSON in UTF-8, without a final newline.
   */
  public static byte[] bytes(Object value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  /** This value as canonical JSON. */
  public static String text(@Nullable Object value) {
    JsonNode tree = value instanceof JsonNode node ? node : MAPPER.valueToTree(value);
    StringBuilder out = new StringBuilder();
    CanonicalWriter.write(tree, out);
    return out.toString();
  }

  /** The digest of this value's canonical form. */
  public static Digest digest(Object value) {
    return Digest.of(bytes(value));
  }

  /**
   * Reads a record from JSON, canonical or not.
   *
   * @param where the name of the source, for errors
   * @throws UserException if the bytes are not JSON of this type; includes the line and column
   */
  public static <T> T read(byte[] json, Class<T> type, String where) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JacksonException e) {
      throw new UserException(
          where + " is not valid: " + place(e.getLocation()) + explanation(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String place(JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : "line " + location.getLineNr() + ", column " + Math.max(1, location.getColumnNr()) + ": ";
  }

  private static @Nullable String explanation(JacksonException e) {
    if (e instanceof StreamReadException || e instanceof StreamConstraintsException) {
      return JsonSyntax.explain(e);
    }
    if (e.getCause() instanceof UserException rejection) {
      return rejection.getMessage();
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown key '" + unknown.getPropertyName() + "'";
    }
    String text = e.getOriginalMessage();
    if (text == null || text.startsWith("Cannot deserialize") || text.startsWith("Cannot map")) {
      return "a value of the wrong type";
    }
    return text.lines().findFirst().orElse("not JSON");
  }
}
