package dev.propensity.model;

import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.specification.DateRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Encoded rows turned back into raw cells that the encoder encodes to the same features. */
final class RawRows {
  private final List<Encoder.Feature> columns;

  RawRows(Encoder encoder) {
    this.columns = encoder.columns();
  }

  /** The raw row of these features, from {@code offset}; an empty text is missing. */
  Map<String, String> of(float[] values, int offset) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int c = 0; c < columns.size(); c++) {
      row.put(columns.get(c).name(), cell(columns.get(c), values[offset + c]));
    }
    return row;
  }

  /** A value that is unseen by this category's encoder. */
  static String unseen(Encoder.Feature feature) {
    String word = "unseen";
    while (feature.categories().contains(word)) {
      word += "?";
    }
    return word;
  }

  private static String date(DateRule rule, float days) {
    return rule.formats().get(0).format(rule.date(days));
  }

  private static String cell(Encoder.Feature feature, float value) {
    if (Float.isNaN(value)) {
      return "";
    }
    return switch (feature.column().kind()) {
      case NUMBER -> Float.toString(value);
      case CATEGORY ->
          value < feature.categories().size()
              ? feature.categories().get((int) value)
              : unseen(feature);
      case ORDINAL, BOOLEAN -> feature.column().values().get((int) value);
      case DATE -> date(Objects.requireNonNull(feature.column().date()), value);
    };
  }
}
