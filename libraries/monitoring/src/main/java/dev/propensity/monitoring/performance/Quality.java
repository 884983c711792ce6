package dev.propensity.monitoring.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.propensity.model.metric.Brier;
import dev.propensity.model.metric.CalibrationBias;
import dev.propensity.model.metric.CalibrationSlope;
import dev.propensity.model.metric.DeLong;
import dev.propensity.model.metric.Gain;
import dev.propensity.model.metric.GroupStatistics;
import dev.propensity.model.metric.Interval;
import dev.propensity.model.metric.LogLoss;
import dev.propensity.model.metric.Proportion;
import dev.propensity.model.metric.Ranking;
import dev.propensity.model.metric.ScoredRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model's metrics on rows with outcomes, each with its 95% interval. With fewer than {@value
 * #FEWEST} rows of a label, all but the positive rate are null.
 *
 * @param tooFew whether there are too few rows of a label
 * @param rate the share of positives; null without rows
 * @param auc the ROC AUC by DeLong
 * @param bias mean score − positive rate
 * @param slope the calibration slope; null with fewer than 100 rows of a label, or where all scores
 *     are equal
 * @param lift of the tenth of the rows with the highest scores
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Quality(
    int rows,
    int positives,
    @JsonProperty("too_few") boolean tooFew,
    @Nullable Interval rate,
    @Nullable Interval auc,
    @Nullable Interval bias,
    @Nullable Interval slope,
    @Nullable Interval lift,
    @Nullable Interval brier,
    @JsonProperty("log_loss") @Nullable Interval logLoss) {
  /** With fewer rows of a label there are no metrics. */
  public static final int FEWEST = 30;

  private static final double TOP = 0.1;

  /** The metrics of these rows. */
  static Quality of(List<LiveRow> rows) {
    byte[] labels = new byte[rows.size()];
    float[] scores = new float[rows.size()];
    int positives = 0;
    boolean isConstant = true;
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (rows.get(i).isPositive() ? 1 : 0);
      scores[i] = rows.get(i).score();
      positives += labels[i];
      isConstant &= scores[i] == scores[0];
    }
    int fewer = Math.min(positives, labels.length - positives);
    Interval rate = labels.length == 0 ? null : new Proportion(positives, labels.length).interval();
    if (fewer < FEWEST) {
      return new Quality(labels.length, positives, true, rate, null, null, null, null, null, null);
    }
    ScoredRows scored = ScoredRows.of("the window", labels, scores);
    return new Quality(
        labels.length,
        positives,
        false,
        rate,
        DeLong.auc(scored),
        CalibrationBias.of(scored),
        fewer < GroupStatistics.FEWEST_FOR_SLOPE || isConstant ? null : CalibrationSlope.of(scored),
        Gain.liftInterval(Ranking.of(scored), TOP),
        Brier.interval(scored),
        LogLoss.interval(scored));
  }
}
