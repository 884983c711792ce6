package dev.propensity.dataset.specification;

import dev.propensity.table.ColumnName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the feature columns of a specification. */
final class ColumnsParser {
  private final SpecErrors errors;

  ColumnsParser(SpecErrors errors) {
    this.errors = errors;
  }

  List<Column> columns(YamlMapping top, String identifier, String label) {
    Map<String, String> taken = new HashMap<>();
    taken.put(ColumnName.of(identifier), "the identifier");
    if (!label.isEmpty() && taken.put(ColumnName.of(label), "the label") != null) {
      top.mapping("label").addError("column", "is the identifier too: '" + label + "'");
    }
    List<String> missingValues = top.texts("missing_values");
    List<Column> columns = new ArrayList<>();
    Map<Column, YamlMapping> parts = new LinkedHashMap<>(); // of the columns that have any
    int number = 0;
    for (Node item : top.items("features")) {
      YamlMapping feature = new YamlMapping(item, "features." + number++ + ".", errors);
      Column column = column(feature, missingValues);
      List<String> names = NameRange.names(column.name(), feature);
      take(feature, column.name(), names, taken);
      names.forEach(name -> columns.add(column.named(name)));
      if (!column.parts().isEmpty()) {
        names.forEach(name -> parts.put(column.named(name), feature));
      }
    }
    if (columns.size() > NameRange.MAX_NAMES) {
      top.addError("features", "are more than " + NameRange.MAX_NAMES + " columns in all");
    }
    if (columns.stream().noneMatch(Column::feature)) {
      String text = top.has("features") ? "must list a column that is a feature" : "is missing";
      top.addError("features", text);
    }
    parts.forEach((column, feature) -> takeParts(feature, column, taken));
    return columns;
  }

  /** Rejects parts of dates whose features have the name of a column. */
  private static void takeParts(YamlMapping feature, Column column, Map<String, String> taken) {
    for (DatePart part : column.parts()) {
      String name = part.feature(column.name());
      String before = taken.putIfAbsent(ColumnName.of(name), "a feature");
      if (before != null) {
        String what = "include '" + name + "', which is " + before;
        feature.addError("parts", what + " already; rename that column, or leave the part out");
      }
    }
  }

  /** Records the first of these names that another column has, as headers are compared. */
  private static void take(
      YamlMapping feature, String written, List<String> names, Map<String, String> taken) {
    String duplicate = null;
    for (String name : names) {
      String before = name.isEmpty() ? null : taken.putIfAbsent(ColumnName.of(name), "a feature");
      if (before != null && duplicate == null) {
        duplicate = "'" + name + "', which is " + before + " already";
      }
    }
    if (duplicate != null) {
      String how = names.size() == 1 ? "is " : "is '" + written + "' and includes ";
      feature.addError("name", how + duplicate);
    }
  }

  private static Column column(YamlMapping feature, List<String> everywhere) {
    feature.only(
        "name",
        "kind",
        "description",
        "values",
        "minimum",
        "maximum",
        "missing",
        "missing_values",
        "sensitive",
        "feature",
        "leak_check",
        "formats",
        "since",
        "parts");
    ColumnKind kind =
        ColumnKind.valueOf(
            feature
                .choice("kind", null, "number", "category", "ordinal", "boolean", "date")
                .toUpperCase(Locale.ROOT));
    List<String> values = feature.texts("values");
    List<String> missingValues = new ArrayList<>(everywhere);
    feature.texts("missing_values").stream()
        .filter(word -> !missingValues.contains(word))
        .forEach(missingValues::add);
    DateRule date = null;
    Double minimum = null;
    Double maximum = null;
    if (kind == ColumnKind.DATE) {
      date = DateRuleParser.rule(feature);
    } else {
      minimum = feature.number("minimum");
      maximum = feature.number("maximum");
      if (kind.name()
          .equalsIgnoreCase(feature.text("kind", ""))) { // an unknown kind is an error already
        DateRuleParser.rejectKeys(feature, kind);
        contradictions(feature, kind, values, minimum, maximum);
      }
    }
    return new Column(
        feature.text("name"),
        kind,
        feature.text("description", ""),
        values,
        minimum,
        maximum,
        date,
        feature.choice("missing", "false", "false", "true").equals("true"),
        List.copyOf(missingValues),
        Column.Sensitive.valueOf(
            feature.choice("sensitive", "no", "no", "report", "exclude").toUpperCase(Locale.ROOT)),
        feature.choice("feature", "true", "true", "false").equals("true"),
        feature.choice("leak_check", "on", "on", "off").equals("on"));
  }

  private static void contradictions(
      YamlMapping feature,
      ColumnKind kind,
      List<String> values,
      @Nullable Double minimum,
      @Nullable Double maximum) {
    if (kind == ColumnKind.NUMBER) {
      if (feature.has("values")) {
        feature.addError("values", "do not go with kind number; use minimum and maximum");
      }
      if (minimum != null && maximum != null && minimum > maximum) {
        feature.addError("minimum", "is above maximum");
      }
      return;
    }
    String name = kind.name().toLowerCase(Locale.ROOT);
    for (String bound : List.of("minimum", "maximum")) {
      if (feature.has(bound)) {
        feature.addError(bound, "does not go with kind " + name + "; use values");
      }
    }
    if (kind == ColumnKind.BOOLEAN && values.size() != 2) {
      feature.addError("values", "of a boolean must be two: the one for 0, then the one for 1");
    } else if (kind == ColumnKind.ORDINAL && values.size() < 2) {
      feature.addError("values", "of an ordinal must be listed from lowest to highest");
    } else if (kind == ColumnKind.CATEGORY && feature.has("values") && values.isEmpty()) {
      feature.addError(
          "values", "of a category must not be an empty list; leave it out if it is open");
    }
  }
}
