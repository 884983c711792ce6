package dev.propensity.model.prediction;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.propensity.foundation.CanonicalJson;
import java.util.SortedMap;

/**
 * What was predicted: {@code predictions.json}.
 *
 * @param schema the version of this document's form
 * @param models how many models' scores were averaged
 * @param rows of the table
 * @param predicted rows that have a score
 * @param refused rows that were set aside, by the rule that they break
 * @param positive rows whose score reaches the threshold
 * @param threshold the score from which on a row's label is 1
 * @param meanScore of the rows predicted; 0 where there are none
 * @param scores how many rows have a score in each of 20 bins of equal width; a score on an edge
 *     belongs to the upper bin
 */
public record PredictionReport(
    int schema,
    int models,
    long rows,
    long predicted,
    SortedMap<String, Long> refused,
    long positive,
    double threshold,
    @JsonProperty("mean_score") double meanScore,
    long[] scores) {
  /** The document's name. */
  public static final String FILE = "predictions.json";

  static final int SCHEMA = 1;

  /**
   * Reads the document.
   *
   * @param where its URI, for errors
   */
  public static PredictionReport parse(byte[] json, String where) {
    return CanonicalJson.read(json, PredictionReport.class, where);
  }
}
