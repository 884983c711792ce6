package dev.propensity.model.comparison;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.propensity.foundation.UserException;
import dev.propensity.model.comparison.Comparison.CandidateResult;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/** The metric that decides which candidate is the best. */
public enum RankingMetric {
  /**
   * The highest mean AUC over the folds: the order of the rows counts, not the scores. The mean
   * over the folds decides, not the AUC of the pooled rows, which also depends on the folds' models
   * having the same scale.
   */
  @JsonProperty("auc")
  AUC("mean AUC over the folds", Comparator.comparingDouble(result -> -result.auc().mean())),

  /** The lowest log loss of all folds' rows: the scores as probabilities. */
  @JsonProperty("log_loss")
  LOG_LOSS("log loss", Comparator.comparingDouble(CandidateResult::logLoss)),

  /** The highest profit of all folds' rows at the offer's threshold. */
  @JsonProperty("profit")
  PROFIT("profit", Comparator.comparingDouble(result -> -result.profit()));

  private final String title;
  private final Comparator<CandidateResult> order;

  RankingMetric(String title, Comparator<CandidateResult> order) {
    this.title = title;
    this.order = order;
  }

  /**
   * The metric of this name.
   *
   * @param option whose value it is, for the error's text
   * @throws UserException that lists the valid names
   */
  public static RankingMetric of(String option, String word) {
    return Arrays.stream(values())
        .filter(metric -> metric.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    option + " is '" + word + "'; it must be auc, log_loss or profit"));
  }

  /** The name, as in options and files: {@code log_loss}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** The best first; of equal ones that with the lower log loss, then the earlier name. */
  Comparator<CandidateResult> bestFirst() {
    return order.thenComparingDouble(CandidateResult::logLoss).thenComparing(CandidateResult::name);
  }
}
