package dev.propensity.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.encoder.Encoder;
import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.model.metric.ScoredRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the model's training data, the baseline of monitoring: {@code baseline.json}.
 *
 * @param schema the version of this document's form, {@value #SCHEMA} now
 * @param rows how many training rows there are
 * @param trainRows how many of them the encoder and the bins are fitted on; null in schema 1
 * @param columns each feature over the model's training rows, by its name: that of the raw column,
 *     or of a part of a date
 * @param scores of rows that the model was not trained on, in at most {@value #SCORE_BINS} bins
 *     that hold about equally many of them; in schema 1, bins of equal width
 * @param labelRate share of positives among the training rows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Baseline(
    int schema,
    int rows,
    @JsonProperty("train_rows") @Nullable Integer trainRows,
    Map<String, ColumnBaseline> columns,
    Histogram scores,
    @JsonProperty("label_rate") double labelRate) {
  /** The version that this code writes. */
  public static final int SCHEMA = 2;

  private static final int SCORE_BINS = 20;

  /**
   * Reads {@code baseline.json}.
   *
   * @param where the file's name, for errors
   * @throws UserException if it is damaged or of a later schema
   */
  public static Baseline parse(byte[] json, String where) {
    int schema = CanonicalJson.read(json, JsonNode.class, where).path("schema").asInt();
    if (schema < 1 || schema > SCHEMA) {
      throw new UserException(
          where + " has schema " + schema + "; this version reads 1 to " + SCHEMA);
    }
    return CanonicalJson.read(json, Baseline.class, where);
  }

  /**
   * Reads {@code baseline.json} of a model directory.
   *
   * @throws UserException if there is none, it is damaged or of a later schema
   */
  public static Baseline read(Path model) {
    Path file = model.resolve(ModelDirectory.BASELINE);
    try {
      return parse(Files.readAllBytes(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new UserException(model + " has no " + ModelDirectory.BASELINE, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with the values of each feature in the encoder's order: that of ordinal ones. */
  public Baseline ordered(Encoder encoder) {
    Map<String, ColumnBaseline> ordered = new LinkedHashMap<>(columns);
    for (Encoder.Feature feature : encoder.features()) {
      ordered.computeIfPresent(
          feature.name(), (name, column) -> column.ordered(ColumnBaseline.words(feature)));
    }
    return new Baseline(schema, rows, trainRows, ordered, scores, labelRate);
  }

  /**
   * @param known the model's training rows; the bins are those of the first table, which the
   *     encoder is fitted on
   * @param scored rows with unbiased scores: the model was not trained on them
   */
  static Baseline of(Encoder encoder, List<FeatureTable> known, ScoredRows scored) {
    List<Encoder.Feature> features = encoder.features();
    Map<String, ColumnBaseline> columns = new LinkedHashMap<>();
    for (int f = 0; f < features.size(); f++) {
      columns.put(features.get(f).name(), ColumnBaseline.of(features.get(f), f, known));
    }
    int rows = known.stream().mapToInt(FeatureTable::rows).sum();
    int positives = known.stream().mapToInt(FeatureTable::positives).sum();
    return new Baseline(
        SCHEMA, rows, known.get(0).rows(), columns, scores(scored), (double) positives / rows);
  }

  private static Histogram scores(ScoredRows scored) {
    float[] values = new float[scored.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] = scored.score(row);
    }
    Histogram scores = Histogram.over(Histogram.quantiles(values, values.length, SCORE_BINS));
    for (float value : values) {
      scores.add(value);
    }
    return scores;
  }

  /** The feature of this name, which is one of the model's. */
  public ColumnBaseline column(String feature) {
    return Objects.requireNonNull(columns.get(feature), feature);
  }

  /**
   * The expected share of rows with a value that no train row has, by Good and Turing: the share of
   * the train rows whose value no other one has (Good, <a
   * href="https://doi.org/10.1093/biomet/40.3-4.237">The population frequencies of species and the
   * estimation of population parameters</a>, 1953). Empty for numbers and dates, and in schema 1.
   */
  public OptionalDouble unseenShare(String feature) {
    Integer singletons = column(feature).singletons();
    return singletons == null || trainRows == null
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) singletons / trainRows);
  }
}
