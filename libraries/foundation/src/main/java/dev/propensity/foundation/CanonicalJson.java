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
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
  private static final long MAX_INTEGER = 1L << 53;

  private static final RoundingMode[] ROUNDINGS = {RoundingMode.HALF_EVEN, RoundingMode.UP};

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
    write(tree, out);
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

  private static void write(JsonNode node, StringBuilder out) {
    switch (node.getNodeType()) {
      case OBJECT -> writeObject(node, out);
      case ARRAY -> {
        String separator = "[";
        for (JsonNode item : node) {
          out.append(separator);
          write(item, out);
          separator = ",";
        }
        out.append(node.isEmpty() ? "[]" : "]");
      }
      case STRING -> writeString(node.textValue(), out);
      case NUMBER -> writeNumber(node, out);
      case BOOLEAN -> out.append(node.booleanValue());
      case NULL -> out.append("null");
      default -> throw new IllegalArgumentException("not JSON: " + node.getNodeType());
    }
  }

  private static void writeObject(JsonNode node, StringBuilder out) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    names.sort(null); // String.compareTo compares UTF-16 code units, as the RFC demands
    out.append('{');
    String separator = "";
    for (String name : names) {
      out.append(separator);
      writeString(name, out);
      out.append(':');
      write(node.get(name), out);
      separator = ",";
    }
    out.append('}');
  }

  private static void writeString(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static void writeNumber(JsonNode node, StringBuilder out) {
    if (node.isIntegralNumber()) {
      if (!node.canConvertToLong()
          || node.longValue() > MAX_INTEGER
          || node.longValue() < -MAX_INTEGER) {
        throw new IllegalArgumentException(node + " is beyond 2^53; write it as text");
      }
      out.append(node.longValue());
    } else {
      out.append(number(node.isFloat() ? Double.parseDouble(node.asText()) : node.doubleValue()));
    }
  }

  /**
   * A double as ECMAScript's {@code Number::toString} writes it: the shortest digits that read back
   * as the same value, without an exponent from 1e-6 up to 1e21.
   */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(value + " is not allowed in JSON");
    }
    if (value == (long) value && Math.abs(value) < MAX_INTEGER) {
      return Long.toString((long) value);
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale(); // position of the decimal point in the digits
    String sign = value < 0 ? "-" : "";
    if (point > 21 || point < -5) {
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      int exponent = point - 1;
      return sign + digits.charAt(0) + fraction + (exponent > 0 ? "e+" : "e") + exponent;
    }
    if (point <= 0) {
      return sign + "0." + "0".repeat(-point) + digits;
    }
    if (point >= digits.length()) {
      return sign + digits + "0".repeat(point - digits.length());
    }
    return sign + digits.substring(0, point) + "." + digits.substring(point);
  }

  // Double.toString before Java 19 sometimes writes a digit too many, or not the closest one
  // (JDK-4511638), which would make the bytes depend on the Java version.
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    for (int precision = shortest.precision(); precision > 0; precision--) {
      BigDecimal closest = closest(exact, precision);
      if (closest != null) {
        shortest = closest.stripTrailingZeros();
      } else if (precision < shortest.precision()) {
        break;
      }
    }
    return shortest;
  }

  // Below a power of two, doubles are twice as dense as above it: there the closest decimal may be
  // another double's, and the one on the other side still this one's.
  private static @Nullable BigDecimal closest(BigDecimal exact, int precision) {
    for (RoundingMode rounding : ROUNDINGS) {
      BigDecimal rounded = exact.round(new MathContext(precision, rounding));
      if (rounded.doubleValue() == exact.doubleValue()) {
        return rounded;
      }
    }
    return null;
  }
}
