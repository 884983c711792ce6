package dev.propensity.dataset.specification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.table.Numbers;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Turns YAML into JSON where its values have types, as a learner's parameters do: plain numbers,
 * {@code true}, {@code false} and {@code null} are those, everything else is a string.
 */
final class YamlJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private YamlJson() {}

  static ObjectNode object(YamlMapping mapping) {
    ObjectNode object = JSON.objectNode();
    for (String key : mapping.keys()) {
      Node value = mapping.node(key);
      object.set(key, value(value, mapping, key));
    }
    return object;
  }

  private static JsonNode value(@Nullable Node node, YamlMapping parent, String key) {
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar);
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = JSON.arrayNode();
      sequence.getValue().forEach(item -> array.add(value(item, parent, key)));
      return array;
    }
    return object(parent.mapping(key, node));
  }

  private static JsonNode scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      return JSON.textNode(text);
    }
    switch (text) {
      case "", "~", "null":
        return JSON.nullNode();
      case "true", "false":
        return JSON.booleanNode(text.equals("true"));
      default:
        double number = Numbers.parseOrNaN(text);
        if (Double.isNaN(number)) {
          return JSON.textNode(text);
        }
        return number == Math.rint(number) && Math.abs(number) <= 1L << 53
            ? JSON.numberNode((long) number)
            : JSON.numberNode(number);
    }
  }
}
