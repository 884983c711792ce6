package dev.propensity.tasks.deploy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * An endpoint's answer to rows.
 *
 * @param model which one scored
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Answered(String model, List<Prediction> predictions) {
  /** A row's score. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Prediction(String id, float score) {}
}
