package dev.propensity.dataset.specification;

import dev.propensity.foundation.Spelling;
import dev.propensity.table.DatePattern;
import dev.propensity.table.Numbers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping of a YAML document that reports every error with its line. Scalars are strings as in
 * the file: {@code yes} and {@code no} are not converted. A getter records an error and returns the
 * fallback, so that parsing continues.
 */
final class YamlMapping {
  private static final DatePattern DATE = DatePattern.of("yyyy-MM-dd");

  private final @Nullable Node node;
  private final String path;
  private final SpecErrors errors;
  private final Map<String, Node> entries = new LinkedHashMap<>();
  private final Set<String> formerKeys = new HashSet<>();

  /**
   * @param path the mapping's path in the document: {@code split.}; empty at the top
   */
  YamlMapping(@Nullable Node node, String path, SpecErrors errors) {
    this.node = node;
    this.path = path;
    this.errors = errors;
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::put);
    } else {
      String name = path.isEmpty() ? "the specification" : path.substring(0, path.length() - 1);
      errors.add(node, name + " must be a mapping: lines of 'key: value'");
    }
  }

  private void put(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      errors.add(tuple.getKeyNode(), "a key must be a word");
    } else if (entries.containsKey(key.getValue())) {
      String first = "': the first one is on line " + SpecErrors.line(entries.get(key.getValue()));
      errors.add(key, "duplicate key '" + path + key.getValue() + first);
    } else {
      entries.put(key.getValue(), tuple.getValueNode());
    }
  }

  /** Reads a key under the name that earlier versions gave it, too. */
  YamlMapping renamed(String former, String key) {
    formerKeys.add(former);
    Node value = entries.remove(former);
    if (value != null && entries.containsKey(key)) {
      String first = "', which is on line " + SpecErrors.line(entries.get(key));
      errors.add(value, "'" + path + former + "' is now called '" + path + key + first);
    } else if (value != null) {
      entries.put(key, value);
    }
    return this;
  }

  /** Rejects all other keys, except former ones. */
  YamlMapping only(String... keys) {
    Set<String> allowed = Set.of(keys);
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key
            && !allowed.contains(key.getValue())
            && !formerKeys.contains(key.getValue())) {
          String help = Spelling.help(key.getValue(), List.of(keys));
          errors.add(key, "unknown key '" + path + key.getValue() + "'; " + help);
        }
      }
    }
    return this;
  }

  @Nullable Node node() {
    return node;
  }

  /** The node under this key, or where it is absent the whole mapping: for its line. */
  @Nullable Node node(String key) {
    return entries.getOrDefault(key, node);
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  Set<String> keys() {
    return entries.keySet();
  }

  void addError(String key, String text) {
    errors.add(node(key), path + key + " " + text);
  }

  /** A scalar's text; a missing or empty one is an error. */
  String text(String key) {
    if (!has(key) && node instanceof MappingNode) {
      errors.add(node, "the key '" + path + key + "' is missing");
    }
    return text(key, "");
  }

  /** A scalar's text; an empty one is an error. */
  String text(String key, String fallback) {
    Node value = entries.get(key);
    if (value == null) {
      return fallback;
    }
    if (!(value instanceof ScalarNode scalar)) {
      addError(key, "must be one value, not a list or a mapping");
      return fallback;
    }
    if (scalar.getValue().isBlank()) {
      addError(key, "is empty");
      return fallback;
    }
    return scalar.getValue();
  }

  /** Whether a plain {@code null} or {@code ~} or an empty value is there. */
  boolean isNull(String key) {
    return entries.get(key) instanceof ScalarNode scalar
        && scalar.getScalarStyle() == ScalarStyle.PLAIN
        && Set.of("", "~", "null").contains(scalar.getValue());
  }

  /** One of these words. */
  String choice(String key, @Nullable String fallback, String... words) {
    String word = fallback == null ? text(key) : text(key, fallback);
    if (!word.isEmpty() && !List.of(words).contains(word)) {
      addError(key, "is '" + word + "'; " + Spelling.help(word, List.of(words)));
      return words[0];
    }
    return word.isEmpty() ? words[0] : word;
  }

  /** A finite number; null where it is absent. */
  @Nullable Double number(String key) {
    if (!has(key)) {
      return null;
    }
    String text = text(key, "");
    if (text.isEmpty()) {
      return null;
    }
    double value = Numbers.parseOrNaN(text);
    if (Double.isNaN(value)) {
      addError(key, "must be a number, not '" + text + "'");
      return null;
    }
    return value;
  }

  /** A number within its rule. */
  double number(String key, double fallback, java.util.function.DoublePredicate rule, String text) {
    Double value = number(key);
    if (value == null) {
      return fallback;
    }
    if (!rule.test(value)) {
      addError(key, "must be " + text + ", not " + text(key, ""));
      return fallback;
    }
    return value;
  }

  /** A date; null where it is absent. */
  @Nullable LocalDate date(String key) {
    String text = text(key, "");
    long day = text.isEmpty() ? DatePattern.NOT_A_DATE : DATE.epochDay(text);
    if (DatePattern.isDay(day)) {
      return LocalDate.ofEpochDay(day);
    }
    if (!text.isEmpty()) {
      addError(key, "is '" + text + "', which is not a date; write 2024-01-31");
    }
    return null;
  }

  /** A list of strings; empty where it is missing. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Node item : items(key)) {
      if (!(item instanceof ScalarNode scalar)) {
        errors.add(item, path + key + " must list single values");
      } else if (scalar.getValue().isBlank()) {
        errors.add(item, path + key + " lists an empty value; use 'missing: true' for empty cells");
      } else if (texts.contains(scalar.getValue())) {
        errors.add(item, path + key + " lists '" + scalar.getValue() + "' twice");
      } else {
        texts.add(scalar.getValue());
      }
    }
    return texts;
  }

  /** A list's nodes; empty where it is absent. */
  List<Node> items(String key) {
    if (!has(key)) {
      return List.of();
    }
    if (entries.get(key) instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    addError(key, "must be a list");
    return List.of();
  }

  /** The mapping under this key; an empty one where it is absent. */
  YamlMapping mapping(String key) {
    if (!has(key)) {
      Node node = Objects.requireNonNull(this.node, path);
      Node none =
          new MappingNode(
              node.getTag(),
              true,
              List.of(),
              FlowStyle.FLOW,
              node.getStartMark(),
              node.getEndMark());
      return mapping(key, none);
    }
    return mapping(key, entries.get(key));
  }

  /** A mapping somewhere under this key. */
  YamlMapping mapping(String key, @Nullable Node below) {
    return new YamlMapping(below, path + key + ".", errors);
  }
}
