package dev.propensity.dataset.specification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The keys of a JSON schema as tables of Markdown, each with its type, default and description. */
final class SchemaReference {
  private static final String HEAD =
      "| key | type | default | description |\n| --- | --- | --- | --- |\n";

  private final JsonNode schema;
  private final StringBuilder text = new StringBuilder();

  private SchemaReference(JsonNode schema) {
    this.schema = schema;
  }

  /** The tables: the keys at the top, then those of each section. */
  static String markdown(JsonNode schema) {
    SchemaReference reference = new SchemaReference(schema);
    reference.text.append(HEAD);
    schema.path("properties").properties().forEach(key -> reference.row("", schema, key));
    for (Map.Entry<String, JsonNode> key : schema.path("properties").properties()) {
      JsonNode section = reference.keysOf(key.getValue());
      if (section.has("properties")) {
        reference.text.append("\n### ").append(key.getKey()).append("\n\n").append(HEAD);
        section.path("properties").properties().forEach(one -> reference.row("", section, one));
      }
    }
    return reference.text.toString();
  }

  /** What has the keys of a section: itself, or the items of a list. */
  private JsonNode keysOf(JsonNode section) {
    JsonNode resolved = resolved(section);
    if (resolved.has("items")) {
      return resolved(resolved.path("items"));
    }
    return alternatives(resolved).filter(one -> one.has("properties")).findFirst().orElse(resolved);
  }

  private void row(String prefix, JsonNode parent, Map.Entry<String, JsonNode> key) {
    JsonNode value = resolved(key.getValue());
    boolean required =
        values(parent.path("required")).anyMatch(name -> name.asText().equals(key.getKey()));
    String fallback = value.has("default") ? "`" + value.path("default").asText() + "`" : "";
    text.append(
        "| `%s%s` | %s | %s | %s |\n"
            .formatted(
                prefix,
                key.getKey(),
                cell(type(value)),
                required ? "required" : fallback,
                cell(description(value))));
    if (!prefix.isEmpty() || !parent.equals(schema)) {
      value
          .path("properties")
          .properties()
          .forEach(one -> row(prefix + key.getKey() + ".", value, one));
    }
  }

  /** The description without its default, which has a column of its own. */
  private static String description(JsonNode value) {
    String text = value.path("description").asText();
    String fallback = " Default: " + value.path("default").asText() + ".";
    return value.has("default") && text.endsWith(fallback)
        ? text.substring(0, text.length() - fallback.length())
        : text;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }

  /** The type in words, with its range. */
  private String type(JsonNode value) {
    if (value.has("const")) {
      return "`" + value.path("const").asText() + "`";
    }
    if (value.has("enum")) {
      return values(value.path("enum"))
          .map(word -> "`" + word.asText() + "`")
          .collect(Collectors.joining(", "));
    }
    if (value.has("items")) {
      JsonNode items = resolved(value.path("items"));
      return "list of " + (items.has("properties") ? "mappings" : type(items));
    }
    if (value.has("properties") || value.path("type").asText().equals("object")) {
      return "mapping";
    }
    if (value.path("type").isTextual()) {
      return value.path("type").asText().replace("string", "text") + range(value);
    }
    if (value.path("type").isArray()) {
      List<String> types = values(value.path("type")).map(JsonNode::asText).toList();
      return types.contains("boolean")
          ? "text"
          : String.join(" or ", types).replace("string", "text");
    }
    List<String> all = alternatives(value).map(this::type).distinct().toList();
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no type: " + value);
    }
    return String.join(" or ", all);
  }

  private static String range(JsonNode value) {
    boolean above = value.has("exclusiveMinimum");
    boolean from = value.has("minimum");
    boolean below = value.has("exclusiveMaximum");
    boolean to = value.has("maximum");
    String lower =
        above
            ? " above " + value.path("exclusiveMinimum").asText()
            : from ? " from " + value.path("minimum").asText() : "";
    String upper =
        below
            ? "below " + value.path("exclusiveMaximum").asText()
            : to ? (from ? "to " : "up to ") + value.path("maximum").asText() : "";
    if (lower.isEmpty() || upper.isEmpty()) {
      return lower + (upper.isEmpty() ? "" : " " + upper);
    }
    return lower + (above ? " and " : to ? " " : " to ") + upper;
  }

  private Stream<JsonNode> alternatives(JsonNode value) {
    return Stream.of("anyOf", "oneOf", "allOf")
        .flatMap(kind -> values(value.path(kind)))
        .map(this::resolved);
  }

  /** The schema with what it refers to; its own description wins. */
  private JsonNode resolved(JsonNode value) {
    if (!value.has("$ref")) {
      return value;
    }
    JsonNode other = schema.at(value.path("$ref").asText().substring(1));
    ObjectNode merged = Objects.requireNonNull(other).deepCopy();
    value.properties().forEach(one -> merged.set(one.getKey(), one.getValue()));
    merged.remove("$ref");
    return merged;
  }

  private static Stream<JsonNode> values(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
