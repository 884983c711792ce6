package dev.propensity.endpoint;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint's response to rows.
 *
 * @param model which one scored: {@code insurance/3@0123456789ab}, with the first digits of its
 *     digest
 * @param csv how a table was read: separator, decimal sign, byte order mark; null where no table
 *     was sent
 * @param identifier {@code row} where rows are identified by their number; else null
 * @param duplicates how many rows have the identifier of an earlier one
 * @param unseen by column, how many cells hold a category that is not in the training data; only
 *     columns that have any
 * @param lookAlikes by column and unseen category, the known one that it resembles
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ScoringResponse(
    @Nullable String model,
    List<Prediction> predictions,
    @Nullable String csv,
    @Nullable String identifier,
    Long duplicates,
    SortedMap<String, Long> unseen,
    @JsonProperty("look_alikes") SortedMap<String, SortedMap<String, String>> lookAlikes) {
  public ScoringResponse {
    duplicates = duplicates == null ? 0L : duplicates;
    unseen = unseen == null ? Collections.emptySortedMap() : unseen;
    lookAlikes = lookAlikes == null ? Collections.emptySortedMap() : lookAlikes;
  }

  /** A response without information on how the rows were read. */
  public ScoringResponse(String model, List<Prediction> predictions) {
    this(
        model,
        predictions,
        null,
        null,
        0L,
        Collections.emptySortedMap(),
        Collections.emptySortedMap());
  }

  /**
   * A row's score.
   *
   * @param id the identifier's value, or the row's number in its request, from 1
   * @param score from 0 to 1
   * @param label 1 from the model's threshold on, else 0; null where the endpoint does not report
   *     it
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Prediction(String id, float score, @Nullable Integer label) {}
}
