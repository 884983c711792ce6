package dev.propensity.model.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.model.metric.Calibration;
import dev.propensity.model.metric.Confusion;
import dev.propensity.model.metric.Curve;
import dev.propensity.model.metric.Group;
import dev.propensity.model.metric.Interval;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A model's metrics on the test split, compared with the champion's: {@code evaluation.json}.
 *
 * @param schema the version of this document's form, {@value #SCHEMA} now
 * @param rows of the test split
 * @param positives among them
 * @param candidate the model's metrics
 * @param champion the champion's metrics on the same rows; null where there is none or its split
 *     differs
 * @param difference the candidate's AUC − the champion's; null where there is no champion
 * @param logLossDifference the candidate's log loss − the champion's; null where there is no
 *     champion, and in documents of schema 1
 * @param withoutCopies the same without the test rows that are copies; null where there are none or
 *     few, and in documents of earlier schemas
 * @param verdict the result of the release rule
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Evaluation(
    int schema,
    int rows,
    int positives,
    Metrics candidate,
    @Nullable Metrics champion,
    @Nullable Interval difference,
    @JsonProperty("log_loss_difference") @Nullable Interval logLossDifference,
    @JsonProperty("without_copies") @Nullable WithoutCopies withoutCopies,
    Verdict verdict) {
  /** The version that this code writes. */
  public static final int SCHEMA = 3;

  /** The file's name in the evaluation's artifact. */
  public static final String FILE = "evaluation.json";

  /**
   * One model's metrics.
   *
   * @param scalars by name: {@code auc}, {@code auc_low}, {@code auc_high}, {@code
   *     average_precision}, {@code log_loss}, {@code brier}, {@code calibration_error}, {@code ks},
   *     {@code lift_at_10}, {@code profit}, …; see {@link Evaluator}
   * @param confusion the confusion matrix at the model's threshold
   * @param groups by sensitive column, the metrics of its groups
   * @param plots the curves of the report's plots
   */
  public record Metrics(
      SortedMap<String, Double> scalars,
      Confusion confusion,
      SortedMap<String, List<Group>> groups,
      PlotData plots) {
    /**
     * The metric of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public double scalar(String name) {
      Double value = scalars.get(name);
      if (value == null) {
        throw new IllegalArgumentException("the evaluation has no metric '" + name + "'");
      }
      return value;
    }
  }

  /** The curves of the report's plots. */
  public record PlotData(
      Curve roc,
      @JsonProperty("precision_recall") Curve precisionRecall,
      Curve gain,
      List<Calibration.Bin> calibration) {}

  /**
   * The result of the release rule.
   *
   * @param checks every condition of the rule, in its order
   */
  public record Verdict(Decision decision, List<Check> checks) {
    public Verdict {
      checks = List.copyOf(checks);
    }

    /** The reason: all checks for a release, otherwise the failed ones. */
    public List<String> reasons() {
      return checks.stream()
          .filter(check -> decision == Decision.RELEASE || !check.passed())
          .map(Check::text)
          .toList();
    }
  }

  /**
   * One condition of the release rule.
   *
   * @param passed whether it holds
   * @param text the result as text, with the numbers
   */
  public record Check(boolean passed, String text) {}

  /** Release the model, or keep it as a challenger. */
  public enum Decision {
    @JsonProperty("release")
    RELEASE,
    @JsonProperty("challenger")
    CHALLENGER
  }

  /**
   * Reads {@code evaluation.json}.
   *
   * @param where the document's URI, for the error's text
   * @throws UserException if the bytes are damaged or of a later schema
   */
  public static Evaluation parse(byte[] json, String where) {
    JsonNode tree = CanonicalJson.read(json, JsonNode.class, where);
    int schema = tree.path("schema").asInt();
    if (schema < 1 || schema > SCHEMA) {
      throw new UserException(
          where + " has schema " + schema + "; this version reads 1 to " + SCHEMA);
    }
    return CanonicalJson.read(json, Evaluation.class, where);
  }
}
