package dev.propensity.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.ColumnKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A feature's values in the model's training rows.
 *
 * @param kind that of the raw column, in lower case
 * @param missing how many cells are empty
 * @param unseen how many cells hold a value that is not among the train rows'
 * @param numbers of a number, or of a date's days or part, in bins that hold about equally many
 *     train rows; null for other kinds
 * @param values of other kinds, how many rows have each; null for numbers and dates
 * @param positives of other kinds, how many positive rows have each value; null in schema 1
 * @param singletons of other kinds, how many values only one train row has; null in schema 1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ColumnBaseline(
    String kind,
    int missing,
    int unseen,
    @Nullable Histogram numbers,
    @Nullable Map<String, Integer> values,
    @Nullable Map<String, Integer> positives,
    @Nullable Integer singletons) {
  private static final int BINS = 20;

  /**
   * Counts a feature.
   *
   * @param f the feature's place
   * @param known the model's training rows; the bins and singletons are those of the first table
   */
  static ColumnBaseline of(Encoder.Feature feature, int f, List<FeatureTable> known) {
    return feature.column().kind().hasWords()
        ? words(feature, f, known)
        : numbers(feature.column().kind(), f, known);
  }

  private static ColumnBaseline numbers(ColumnKind kind, int f, List<FeatureTable> known) {
    FeatureTable train = known.get(0);
    float[] values = new float[train.rows()];
    int valued = 0;
    for (int row = 0; row < train.rows(); row++) {
      float value = value(train, row, f);
      if (!Float.isNaN(value)) {
        values[valued++] = value;
      }
    }
    Histogram numbers = Histogram.over(Histogram.quantiles(values, valued, BINS));
    int missing = 0;
    for (FeatureTable table : known) {
      for (int row = 0; row < table.rows(); row++) {
        float value = value(table, row, f);
        if (Float.isNaN(value)) {
          missing++;
        } else {
          numbers.add(value);
        }
      }
    }
    return new ColumnBaseline(name(kind), missing, 0, numbers, null, null, null);
  }

  private static ColumnBaseline words(Encoder.Feature feature, int f, List<FeatureTable> known) {
    ColumnKind kind = feature.column().kind();
    List<String> words = words(feature);
    int[] rows = new int[words.size() + 1];
    int[] positives = new int[words.size() + 1];
    int missing = 0;
    int singletons = 0;
    for (FeatureTable table : known) {
      for (int row = 0; row < table.rows(); row++) {
        float value = value(table, row, f);
        if (Float.isNaN(value)) {
          missing++;
        } else {
          int word = Math.min((int) value, words.size());
          rows[word]++;
          positives[word] += table.labels()[row] == 1 ? 1 : 0;
        }
      }
      if (table == known.get(0)) {
        singletons = singletons(rows, words.size());
      }
    }
    return new ColumnBaseline(
        name(kind),
        missing,
        rows[words.size()],
        null,
        byWord(words, rows),
        byWord(words, positives),
        singletons);
  }

  /** The same with the values in this order, in which {@code baseline.json} does not have them. */
  ColumnBaseline ordered(List<String> words) {
    return values == null
        ? this
        : new ColumnBaseline(
            kind,
            missing,
            unseen,
            numbers,
            ordered(values, words),
            ordered(positives, words),
            singletons);
  }

  private static @Nullable Map<String, Integer> ordered(
      @Nullable Map<String, Integer> counts, List<String> words) {
    if (counts == null) {
      return null;
    }
    Map<String, Integer> ordered = new LinkedHashMap<>();
    words.stream().filter(counts::containsKey).forEach(word -> ordered.put(word, counts.get(word)));
    counts.forEach(ordered::putIfAbsent);
    return ordered;
  }

  /** The values of a feature, in order; none of a number or a date. */
  public static List<String> words(Encoder.Feature feature) {
    return feature.column().kind() == ColumnKind.CATEGORY
        ? feature.categories()
        : feature.column().values();
  }

  private static int singletons(int[] rows, int words) {
    int singletons = 0;
    for (int word = 0; word < words; word++) {
      singletons += rows[word] == 1 ? 1 : 0;
    }
    return singletons;
  }

  private static Map<String, Integer> byWord(List<String> words, int[] counts) {
    Map<String, Integer> map = new LinkedHashMap<>();
    for (int word = 0; word < words.size(); word++) {
      map.put(words.get(word), counts[word]);
    }
    return map;
  }

  private static float value(FeatureTable table, int row, int f) {
    return table.values()[row * table.names().size() + f];
  }

  private static String name(ColumnKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
