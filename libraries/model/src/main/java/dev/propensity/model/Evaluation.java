package dev.propensity.model;

import java.util.List;
import java.util.SortedMap;

/**
 * How good a model is on the test split, beside the champion: {@code evaluation.json}.
 *
 * @param schema the version of this document's form
 * @param rows of the test split
 * @param positives among them
 * @param candidate the model's metrics
 * @param champion the champion's metrics on the same rows; null where there is none or its split
 *     differs
 * @param verdict what the release rule says
 */
public record Evaluation(
    int schema, int rows, int positives, Metrics candidate, Metrics champion, Verdict verdict) {

  /**
   * @param scalars by name: {@code auc}, {@code auc_low}, {@code auc_high}, {@code
   *     average_precision}, {@code log_loss}, {@code brier}, {@code calibration_error}, {@code ks},
   *     {@code lift_at_10}, {@code profit}, …
   */
  public record Metrics(SortedMap<String, Double> scalars) {}

  /** What the release rule says. */
  public record Verdict(Decision decision, List<String> reasons) {}

  /** Release the model, or keep it as a challenger. */
  public enum Decision {
    RELEASE,
    CHALLENGER
  }
}
