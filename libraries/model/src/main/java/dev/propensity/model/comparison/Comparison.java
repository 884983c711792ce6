package dev.propensity.model.comparison;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.model.metric.Interval;
import java.util.List;

/**
 * The candidates' metrics on the same folds: {@code comparison.json}. In a document of schema 1,
 * profits and the differences of log loss are NaN.
 *
 * @param schema the version of this document's form, {@value #SCHEMA} now
 * @param rank the metric that the candidates are ordered by
 * @param currency of all profits; empty in schema 1
 * @param folds how many
 * @param rows of all folds
 * @param positives among them
 * @param candidates from the best to the worst
 * @param differences of pairs of them, on the same rows
 * @param winner the best candidate's name
 */
public record Comparison(
    int schema,
    RankingMetric rank,
    String currency,
    int folds,
    int rows,
    int positives,
    List<CandidateResult> candidates,
    List<Difference> differences,
    String winner) {
  /** The version that this code writes. */
  public static final int SCHEMA = 2;

  /** The file's name in the comparison's artifact. */
  public static final String FILE = "comparison.json";

  public Comparison {
    candidates = List.copyOf(candidates);
    differences = List.copyOf(differences);
  }

  /**
   * One candidate.
   *
   * @param parameters all of the learner's
   * @param changed the parameters that are not the learner's defaults
   * @param folds by fold, from fold 1
   * @param auc over the folds
   * @param pooledAuc of all folds' rows together, with its interval
   * @param logLoss of all folds' rows together, and so are the others
   * @param calibrationBias mean score − base rate
   * @param profit of all folds' rows at the offer's break-even threshold
   * @param rounds the mean of the rounds that the folds' models keep, rounded half up: the rounds
   *     of the final model
   */
  public record CandidateResult(
      String name,
      String learner,
      JsonNode parameters,
      JsonNode changed,
      List<FoldResult> folds,
      Spread auc,
      @JsonProperty("pooled_auc") Interval pooledAuc,
      @JsonProperty("log_loss") double logLoss,
      double brier,
      @JsonProperty("calibration_error") double calibrationError,
      @JsonProperty("calibration_bias") Interval calibrationBias,
      double profit,
      int rounds) {
    public CandidateResult {
      folds = List.copyOf(folds);
    }
  }

  /**
   * One candidate on one fold.
   *
   * @param rounds that the fold's model keeps
   */
  public record FoldResult(
      int fold,
      int rows,
      int positives,
      double auc,
      @JsonProperty("log_loss") double logLoss,
      int rounds) {}

  /**
   * A mean over the folds and the standard deviation of one fold, with n − 1 (of the folds' mean it
   * would be smaller).
   */
  public record Spread(double mean, double deviation) {}

  /**
   * The first candidate's metrics − the other's.
   *
   * @param auc on the pooled rows, with DeLong's interval
   * @param byFold of the AUC, over the folds
   * @param logLoss on the pooled rows, paired
   * @param profit on the pooled rows, paired
   */
  public record Difference(
      String candidate,
      String other,
      Interval auc,
      @JsonProperty("by_fold") Spread byFold,
      @JsonProperty("log_loss") Interval logLoss,
      Interval profit) {}

  /**
   * Reads {@code comparison.json}.
   *
   * @param where the document's URI, for the error's text
   * @throws UserException if the bytes are damaged or of a later schema
   */
  public static Comparison parse(byte[] json, String where) {
    JsonNode tree = CanonicalJson.read(json, JsonNode.class, where);
    int schema = tree.path("schema").asInt();
    if (schema < 1 || schema > SCHEMA) {
      throw new UserException(
          where + " has schema " + schema + "; this version reads 1 to " + SCHEMA);
    }
    return schema == SCHEMA
        ? CanonicalJson.read(json, Comparison.class, where)
        : CanonicalJson.mapper().convertValue(fromSchema1(tree), Comparison.class);
  }

  /** Adds what schema 1 did not have: NaN where it is not known. */
  private static JsonNode fromSchema1(JsonNode tree) {
    ObjectNode unknown = CanonicalJson.mapper().createObjectNode();
    List.of("value", "low", "high").forEach(bound -> unknown.put(bound, Double.NaN));
    ((ObjectNode) tree).put("rank", RankingMetric.AUC.word()).put("currency", "");
    tree.path("candidates").forEach(one -> ((ObjectNode) one).put("profit", Double.NaN));
    for (JsonNode difference : tree.path("differences")) {
      ((ObjectNode) difference).set("log_loss", unknown);
      ((ObjectNode) difference).set("profit", unknown);
    }
    return tree;
  }

  /** The winner's result. */
  public CandidateResult best() {
    return named(winner);
  }

  /**
   * The result of a candidate, by its name or, for the best of a learner, by the learner's.
   *
   * @throws UserException that lists the valid names
   */
  public CandidateResult named(String name) {
    return candidates.stream()
        .filter(result -> result.name().equals(name))
        .findFirst()
        .or(() -> candidates.stream().filter(result -> result.learner().equals(name)).findFirst())
        .orElseThrow(
            () ->
                new UserException(
                    "no candidate '"
                        + name
                        + "'; there are "
                        + String.join(
                            ", ", candidates.stream().map(CandidateResult::name).toList())));
  }
}
