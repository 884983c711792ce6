package dev.propensity.tasks.serve.contract;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.specification.Column;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.dataset.specification.DateRule;
import dev.propensity.table.DatePattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The JSON schema of a column's cell in a JSON row. */
final class ColumnSchema {
  private static final double MAX_VALUE = Float.MAX_VALUE;

  private ColumnSchema() {}

  static Map<String, Object> of(Encoder.Feature feature) {
    Column column = feature.column();
    Map<String, Object> schema = new LinkedHashMap<>();
    if (column.kind() == ColumnKind.NUMBER) {
      schema.put("type", types(column, "number"));
      schema.put("minimum", column.minimum() == null ? -MAX_VALUE : column.minimum());
      schema.put("maximum", column.maximum() == null ? MAX_VALUE : column.maximum());
    } else if (column.date() != null) {
      boolean number = column.date().formats().stream().anyMatch(DatePattern::isNumber);
      schema.put("type", number ? types(column, "string", "integer") : types(column, "string"));
      schema.put("pattern", pattern(column.date(), column.missing()));
    } else if (column.values().isEmpty()) {
      schema.put("type", types(column, "string", "number", "boolean"));
      if (!column.missing()) {
        schema.put("minLength", 1);
      }
    } else {
      schema.put("enum", values(column));
    }
    if (column.description() != null && !column.description().isEmpty()) {
      schema.put("description", column.description());
    }
    return schema;
  }

  private static String pattern(DateRule date, boolean missing) {
    return date.formats().stream()
        .map(DatePattern::regex)
        .collect(Collectors.joining("|", "^(", missing ? "|)$" : ")$"));
  }

  private static List<String> types(Column column, String... types) {
    List<String> all = new ArrayList<>(List.of(types));
    if (column.missing()) {
      all.add("null");
    }
    return all;
  }

  /**
   * The categories, their numbers, a boolean's true and false, and the markers of missing values.
   */
  private static List<Object> values(Column column) {
    List<Object> values = new ArrayList<>(column.values());
    for (String word : column.values()) {
      try {
        values.add(new BigDecimal(word));
      } catch (NumberFormatException e) {
        // a category that is not a number
      }
    }
    if (column.kind() == ColumnKind.BOOLEAN) {
      values.add(false);
      values.add(true);
    }
    if (column.missing()) {
      values.add("");
      values.add(null);
    }
    return values;
  }
}
