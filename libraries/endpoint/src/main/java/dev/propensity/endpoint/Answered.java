package dev.propensity.endpoint;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * An endpoint's answer to rows.
 *
 * @param model which one scored: {@code insurance/3@0123456789ab}, with the first digits of its
 *     digest
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Answered(String model, List<Prediction> predictions) {
  /**
   * A row's score.
   *
   * @param id the identifier's value, or the row's number in its request, from 1
   * @param score from 0 to 1
   * @param label 1 from the model's threshold on, else 0; null where the endpoint does not say
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Prediction(String id, float score, Integer label) {}
}
