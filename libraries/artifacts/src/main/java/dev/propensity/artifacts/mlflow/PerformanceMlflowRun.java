package dev.propensity.artifacts.mlflow;

import dev.propensity.artifacts.PerformanceArtifact;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.dataset.specification.MonitorRule;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.model.metric.Interval;
import dev.propensity.monitoring.performance.Increment;
import dev.propensity.monitoring.performance.LiveProfit;
import dev.propensity.monitoring.performance.LiveVerdict;
import dev.propensity.monitoring.performance.Performance;
import dev.propensity.monitoring.performance.Quality;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.tracking.Run;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model's live performance in MLflow: metrics {@code live_…} in the run of its monitored windows,
 * whose step is the window of the scores, and a folder with each report.
 */
public final class PerformanceMlflowRun {
  private static final String FOLDER = "performance/";

  private final Tracking tracking;
  private final TrainedModelArtifact model;
  private final int version;

  /**
   * @param version of the model
   */
  public PerformanceMlflowRun(Tracking tracking, TrainedModelArtifact model, int version) {
    this.tracking = tracking;
    this.model = model;
    this.version = version;
  }

  /**
   * Logs a window. Safe to repeat.
   *
   * @return the pages of the run and of the report
   */
  public Map<String, String> log(PerformanceArtifact artifact, TimeWindow window)
      throws IOException {
    MonitorRule.Window length = window.length().orElse(MonitorRule.Window.DAY);
    Run run = MonitoringMlflowRun.findOrBegin(tracking, model, version, length);
    Performance performance = artifact.performance();
    ChronoUnit unit = length == MonitorRule.Window.HOUR ? ChronoUnit.HOURS : ChronoUnit.DAYS;
    run.metrics(metrics(performance), window.to(), unit.between(Instant.EPOCH, window.from()));
    String folder = FOLDER + performance.window();
    try (WorkFolder work = new WorkFolder()) {
      run.upload(artifact.files().folder(work.path()), folder);
    }
    run.finish();
    return RunLinks.withReport(run, folder);
  }

  /** By their names in MLflow: {@code live_auc}, {@code live_auc_low}, … */
  static SortedMap<String, Double> metrics(Performance performance) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("live_verdict", (double) code(performance.verdict()));
    metrics.put("live_scored", (double) performance.rows());
    put(metrics, "live_contacted_", performance.contacted());
    if (performance.unbiased() != null) {
      put(metrics, "live_", performance.unbiased());
    }
    LiveProfit profit = performance.profit();
    if (profit != null) {
      profit.promised().putInto(metrics, "live_profit_promised");
      profit.earned().putInto(metrics, "live_profit_earned");
      metrics.put("live_profit_standard_errors", profit.standardErrors());
    }
    Increment increment = performance.increment();
    if (increment != null) {
      put(metrics, "live_increment", increment.difference());
      put(metrics, "live_profit_per_contact", increment.profit());
    }
    return metrics;
  }

  private static void put(SortedMap<String, Double> metrics, String prefix, Quality quality) {
    metrics.put(prefix + "rows", (double) quality.rows());
    metrics.put(prefix + "positives", (double) quality.positives());
    put(metrics, prefix + "auc", quality.auc());
    put(metrics, prefix + "bias", quality.bias());
    put(metrics, prefix + "calibration_slope", quality.slope());
    put(metrics, prefix + "lift", quality.lift());
    put(metrics, prefix + "brier", quality.brier());
    put(metrics, prefix + "log_loss", quality.logLoss());
  }

  private static void put(
      SortedMap<String, Double> metrics, String name, @Nullable Interval interval) {
    if (interval != null) {
      interval.putInto(metrics, name);
    }
  }

  private static int code(LiveVerdict verdict) {
    return switch (verdict) {
      case TOO_FEW -> -1;
      case GOOD -> 0;
      case WORSE -> 3;
    };
  }
}
