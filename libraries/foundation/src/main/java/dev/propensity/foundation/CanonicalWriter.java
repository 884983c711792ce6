package dev.propensity.foundation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Writes {@link CanonicalJson}. */
final class CanonicalWriter {
  private CanonicalWriter() {}

  /**
   * Writes a tree.
   *
   * @throws IllegalArgumentException for a number that is not allowed
   */
  static void write(JsonNode node, StringBuilder out) {
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
          || node.longValue() > CanonicalNumber.MAX_INTEGER
          || node.longValue() < -CanonicalNumber.MAX_INTEGER) {
        throw new IllegalArgumentException(node + " is beyond 2^53; write it as text");
      }
      out.append(node.longValue());
    } else {
      out.append(
          CanonicalNumber.text(
              node.isFloat() ? Double.parseDouble(node.asText()) : node.doubleValue()));
    }
  }
}
