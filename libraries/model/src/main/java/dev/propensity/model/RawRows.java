package dev.propensity.model;

import dev.propensity.dataset.encoder.Encoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Encoded rows turned back into raw cells that the encoder encodes to the same features. */
final class RawRows {
  private final List<Encoder.Feature> features;

  RawRows(List<Encoder.Feature> features) {
    this.features = features;
  }

  /** The raw row of these features, from {@code offset}; an empty text is missing. */
  Map<String, String> of(float[] values, int offset) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int f = 0; f < features.size(); f++) {
      row.put(features.get(f).column().name(), cell(features.get(f), values[offset + f]));
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
    };
  }
}
