package dev.propensity.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.dataset.specification.SplitRule;
import dev.propensity.model.calibration.Calibrator;
import dev.propensity.model.metric.LogisticLine;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A model's description: {@code model.json}.
 *
 * @param schema the version of this document's form, {@value #SCHEMA} now
 * @param dataset the dataset's name
 * @param title the dataset's title
 * @param synthetic whether the training data is synthetic: {@code sample} in the file
 * @param file the native model's name
 * @param parameters all of the learner's
 * @param rounds that the model keeps
 * @param calibrator of its scores; null only where a model of schema 1 is read
 * @param calibrationLine of the labels' log-odds on the scores', on rows that the model was not
 *     fitted to: for forecasts; null where there are no such rows, and in models of earlier
 *     versions
 * @param threshold the score from which a row's label is 1
 * @param split of its rows
 * @param rows how many train and validation rows there were, and with a refit, how many in all
 * @param validation metrics on the validation split
 */
record ModelDescription(
    int schema,
    String dataset,
    String title,
    @JsonProperty("sample") boolean synthetic,
    String learner,
    String file,
    JsonNode parameters,
    int rounds,
    @Nullable Calibrator calibrator,
    @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("calibration_line")
        @Nullable LogisticLine calibrationLine,
    double threshold,
    String identifier,
    DatasetSpec.Label label,
    SplitRule split,
    DatasetSpec.Offer offer,
    SortedMap<String, Integer> rows,
    SortedMap<String, Double> validation) {
  static final int SCHEMA = 3;

  /** Among the rows: how many a refitted model was trained with in the end. */
  static final String REFIT = "refit";

  /** The calibrator; none for a model of the first schema. */
  @Override
  public Calibrator calibrator() {
    return Objects.requireNonNullElseGet(calibrator, Calibrator.None::new);
  }
}
