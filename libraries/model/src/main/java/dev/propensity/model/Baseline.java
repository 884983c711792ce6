package dev.propensity.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.dataset.specification.ColumnKind;
import dev.propensity.model.metric.ScoredRows;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the model's training data, the baseline of monitoring: {@code baseline.json}.
 *
 * @param schema the version of this document's form
 * @param columns each feature over the model's training rows, by its name: that of the raw column,
 *     or of a part of a date
 * @param scores of rows that the model was not trained on, in {@value #SCORE_BINS} bins of equal
 *     width
 * @param labelRate share of positives among the training rows
 */
record Baseline(
    int schema,
    int rows,
    Map<String, ColumnBaseline> columns,
    Histogram scores,
    @JsonProperty("label_rate") double labelRate) {
  private static final int SCORE_BINS = 20;
  private static final int QUANTILE_BINS = 20;

  /**
   * A column's values.
   *
   * @param missing how many cells are empty
   * @param unseen how many cells hold a value that is not among the train rows'
   * @param numbers of a number, or of a date's days or part, in bins that hold about equally many
   *     train rows
   * @param values of other kinds, how many rows have each
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ColumnBaseline(
      String kind,
      int missing,
      int unseen,
      @Nullable Histogram numbers,
      @Nullable Map<String, Integer> values) {}

  /**
   * @param known the model's training rows; the bins are those of the first table
   * @param scored rows with unbiased scores: the model was not trained on them
   */
  static Baseline of(Encoder encoder, List<FeatureTable> known, ScoredRows scored) {
    List<Encoder.Feature> features = encoder.features();
    Map<String, ColumnBaseline> columns = new LinkedHashMap<>();
    for (int f = 0; f < features.size(); f++) {
      columns.put(features.get(f).name(), column(features.get(f), f, known));
    }
    Histogram scores = Histogram.over(scoreEdges());
    for (int row = 0; row < scored.rows(); row++) {
      scores.add(scored.score(row));
    }
    int rows = known.stream().mapToInt(FeatureTable::rows).sum();
    int positives = known.stream().mapToInt(FeatureTable::positives).sum();
    return new Baseline(1, rows, columns, scores, (double) positives / rows);
  }

  private static ColumnBaseline column(Encoder.Feature feature, int f, List<FeatureTable> known) {
    ColumnKind kind = feature.column().kind();
    List<String> words =
        kind == ColumnKind.CATEGORY ? feature.categories() : feature.column().values();
    Histogram numbers = kind.hasWords() ? null : Histogram.over(quantiles(known.get(0), f));
    int[] counts = new int[words.size() + 1];
    int missing = 0;
    for (FeatureTable table : known) {
      int width = table.names().size();
      for (int row = 0; row < table.rows(); row++) {
        float value = table.values()[row * width + f];
        if (Float.isNaN(value)) {
          missing++;
        } else if (numbers != null) {
          numbers.add(value);
        } else {
          counts[Math.min((int) value, words.size())]++;
        }
      }
    }
    Map<String, Integer> values = new LinkedHashMap<>();
    for (int word = 0; word < words.size(); word++) {
      values.put(words.get(word), counts[word]);
    }
    return new ColumnBaseline(
        kind.name().toLowerCase(Locale.ROOT),
        missing,
        counts[words.size()],
        numbers,
        numbers == null ? values : null);
  }

  // The different values at every twentieth of the train rows: a value that many rows share makes
  // one bin.
  private static float[] quantiles(FeatureTable table, int f) {
    int width = table.names().size();
    float[] sorted = new float[table.rows()];
    int known = 0;
    for (int row = 0; row < table.rows(); row++) {
      float value = table.values()[row * width + f];
      if (!Float.isNaN(value)) {
        sorted[known++] = value;
      }
    }
    Arrays.sort(sorted, 0, known);
    float[] edges = new float[QUANTILE_BINS - 1];
    int different = 0;
    for (int bin = 1; bin < QUANTILE_BINS && known > 0; bin++) {
      float edge = sorted[(int) ((long) bin * known / QUANTILE_BINS)];
      if (edge > sorted[0] && (different == 0 || edge > edges[different - 1])) {
        edges[different++] = edge;
      }
    }
    return Arrays.copyOf(edges, different);
  }

  private static float[] scoreEdges() {
    float[] edges = new float[SCORE_BINS - 1];
    for (int bin = 1; bin < SCORE_BINS; bin++) {
      edges[bin - 1] = (float) bin / SCORE_BINS;
    }
    return edges;
  }
}
