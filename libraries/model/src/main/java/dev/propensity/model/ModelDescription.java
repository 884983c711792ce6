package dev.propensity.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.dataset.specification.DatasetSpec;
import java.util.SortedMap;

/**
 * What a model is: {@code model.json}.
 *
 * @param schema the version of this document's form, {@value #SCHEMA} now
 * @param dataset the dataset's name
 * @param title the question that the dataset asks
 * @param sample whether the rows were made up
 * @param file the native model's name
 * @param parameters all of the learner's
 * @param rounds that the model keeps
 * @param threshold the score from which on a row's label is 1
 * @param split by which its rows were chosen
 * @param rows by split, how many it was made with
 * @param validation metrics on the validation split
 */
record ModelDescription(
    int schema,
    String dataset,
    String title,
    boolean sample,
    String learner,
    String file,
    JsonNode parameters,
    int rounds,
    double threshold,
    String identifier,
    DatasetSpec.Label label,
    DatasetSpec.SplitRule split,
    DatasetSpec.Offer offer,
    SortedMap<String, Integer> rows,
    SortedMap<String, Double> validation) {
  static final int SCHEMA = 1;
}
