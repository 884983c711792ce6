package dev.propensity.model;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.model.metric.AveragePrecision;
import dev.propensity.model.metric.Brier;
import dev.propensity.model.metric.Calibration;
import dev.propensity.model.metric.Confusion;
import dev.propensity.model.metric.LogLoss;
import dev.propensity.model.metric.Ranking;
import dev.propensity.model.metric.RocAuc;
import dev.propensity.model.metric.ScoredRows;
import java.util.SortedMap;
import java.util.TreeMap;

/** The metrics of a model on its validation rows, or of out-of-fold scores. */
final class ValidationMetrics {
  private ValidationMetrics() {}

  /**
   * The metrics by name.
   *
   * @param ranking of the same rows
   * @param threshold the score from which a row's label is 1
   */
  static SortedMap<String, Double> of(
      ScoredRows rows, Ranking ranking, double threshold, DatasetSpec.Offer offer) {
    Confusion confusion = Confusion.at(rows, threshold);
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("auc", RocAuc.of(ranking));
    metrics.put("average_precision", AveragePrecision.of(ranking));
    metrics.put("log_loss", LogLoss.of(rows));
    metrics.put("brier", Brier.of(rows));
    metrics.put("calibration_error", Calibration.error(Calibration.bins(ranking)));
    metrics.put("base_rate", rows.baseRate());
    metrics.put("selection_rate", confusion.selectionRate());
    metrics.put("recall", confusion.recall());
    metrics.put("empirical_threshold", Threshold.mostProfitable(ranking, offer));
    metrics.put("profit", confusion.profit(offer.gain(), offer.cost()));
    return metrics;
  }
}
