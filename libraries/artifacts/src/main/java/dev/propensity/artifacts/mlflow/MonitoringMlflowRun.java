package dev.propensity.artifacts.mlflow;

import dev.propensity.artifacts.MonitoringArtifact;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.dataset.specification.MonitorRule;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.drift.Verdict;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.tracking.Run;
import dev.propensity.tracking.Tracking;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The monitored windows of a model in MLflow: one run for each model version, in the experiment
 * {@code <name>-monitoring}. A window is a step of its metrics, and a folder with its report.
 */
public final class MonitoringMlflowRun {
  private static final String EXPERIMENT = "-monitoring";

  /** The tag by which the run is found, with the length of the windows. */
  private static final String KEY = "propensity.monitoring.";

  /** The tag with the latest window. */
  private static final String WINDOW = "propensity.window";

  /** The folder of the window that has not ended. */
  private static final String CURRENT = "current";

  private static final String NOTE =
      """
      Captured rows of version %d of %s, by %s. Step: %s since 1970 of the window's start.
      Verdicts: −2 no rows, −1 too few rows, 0 quiet, 1 learning, 2 notice, 3 alarm.
      The reports are among the artifacts. Latest window: %s, %s.
      """;

  private final Tracking tracking;
  private final TrainedModelArtifact model;
  private final int version;
  private final MonitorRule.Window length;

  /**
   * @param version of the model
   * @param length of the windows: those of another length are another run
   */
  public MonitoringMlflowRun(
      Tracking tracking, TrainedModelArtifact model, int version, MonitorRule.Window length) {
    this.tracking = tracking;
    this.model = model;
    this.version = version;
    this.length = length;
  }

  /**
   * Logs a window whose verdict is in the ledger. Safe to repeat.
   *
   * @return the pages of the run and of the report
   */
  public Map<String, String> log(MonitoringArtifact artifact, Profile profile) throws IOException {
    Run run = findOrBegin();
    Monitoring monitoring = artifact.monitoring();
    Instant start = profile.window().from();
    run.metrics(metrics(monitoring, profile), profile.window().to(), step(start));
    upload(run, artifact, monitoring.window());
    String latest = run.tag(WINDOW).orElse("");
    if (latest.compareTo(monitoring.window()) <= 0) {
      run.tags(tags(monitoring));
    }
    run.finish();
    return RunLinks.withReport(run, monitoring.window());
  }

  /**
   * Uploads the report of a window that has not ended, in place of an earlier one.
   *
   * @return the pages of the run and of the report
   */
  public Map<String, String> logProvisional(MonitoringArtifact artifact) throws IOException {
    Run run = findOrBegin();
    upload(run, artifact, CURRENT);
    run.finish();
    return RunLinks.withReport(run, CURRENT);
  }

  /**
   * The pages of a window that was logged before.
   *
   * @param window as in its report
   */
  public Map<String, String> pages(String window) {
    return RunLinks.withReport(findOrBegin(), window);
  }

  private Run findOrBegin() {
    return findOrBegin(tracking, model, version, length);
  }

  /** The run of a model's windows of a length. */
  static Run findOrBegin(
      Tracking tracking, TrainedModelArtifact model, int version, MonitorRule.Window length) {
    String unit = length.name().toLowerCase(Locale.ROOT);
    String name =
        "version %d%s".formatted(version, length == MonitorRule.Window.DAY ? "" : ", by " + unit);
    SortedMap<String, String> tags = MlflowTags.of(model);
    tags.put(Tracking.MODEL_TAG, model.uri().toString());
    return tracking.run(model.name() + EXPERIMENT, KEY + unit, model.uri(), name, tags);
  }

  private static void upload(Run run, MonitoringArtifact artifact, String folder)
      throws IOException {
    try (WorkFolder work = new WorkFolder()) {
      run.upload(artifact.files().folder(work.path()), folder);
    }
  }

  private Map<String, String> tags(Monitoring monitoring) {
    String unit = length == MonitorRule.Window.HOUR ? "hours" : "days";
    String note =
        NOTE.formatted(
            version,
            monitoring.name(),
            length.name().toLowerCase(Locale.ROOT),
            unit,
            monitoring.window(),
            monitoring.summary());
    return Map.of(
        WINDOW,
        monitoring.window(),
        "propensity.verdict",
        monitoring.verdict().text(),
        MlflowTags.NOTE,
        note);
  }

  // Days since 1970, also of weeks; hours of windows of an hour.
  private long step(Instant start) {
    ChronoUnit unit = length == MonitorRule.Window.HOUR ? ChronoUnit.HOURS : ChronoUnit.DAYS;
    return unit.between(Instant.EPOCH, start);
  }

  /** By their names in MLflow: {@code verdict}, {@code effect/Age}, … */
  static SortedMap<String, Double> metrics(Monitoring monitoring, Profile profile) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("verdict", (double) code(monitoring.verdict()));
    metrics.put("rows", (double) profile.rows());
    metrics.put("answered", (double) monitoring.volume().rows());
    long sent = monitoring.volume().rows() + monitoring.rejected().rows();
    metrics.put("rejected_share", (double) monitoring.rejected().rows() / Math.max(1, sent));
    metrics.put("mean_score", profile.meanScore()); // NaN without scores, which is left out
    if (monitoring.scores() != null) {
      metrics.put("score_effect", monitoring.scores().effect());
    }
    for (Monitoring.Column column : monitoring.columns()) {
      String name = MlflowTags.metric(column.name());
      metrics.put("effect/" + name, column.effect());
      metrics.put("missing/" + name, column.missing());
      metrics.put("unseen/" + name, column.unseen());
    }
    return metrics;
  }

  private static int code(Verdict verdict) {
    return switch (verdict) {
      case NO_ROWS -> -2;
      case TOO_FEW_ROWS -> -1;
      case QUIET -> 0;
      case LEARNING -> 1;
      case NOTICE -> 2;
      case ALARM -> 3;
    };
  }
}
