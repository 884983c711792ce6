package dev.propensity.tasks.compare;

import dev.propensity.tracking.Run;
import java.util.Map;
import java.util.TreeMap;

/**
 * What learning took over a candidate's folds, as far as MLflow's runs tell.
 *
 * @param runs that tell it
 * @param seconds of all folds together
 * @param cpuSeconds of all folds and threads together
 * @param peakMebibytes the most memory that a fold's process had
 */
record Effort(int runs, double seconds, double cpuSeconds, double peakMebibytes) {
  static final Effort NONE = new Effort(0, 0, 0, 0);

  /** With a further fold's run. One that was not measured changes nothing. */
  Effort and(Run run) {
    if (run.metric("train_seconds").isEmpty()) {
      return this;
    }
    return new Effort(
        runs + 1,
        seconds + run.metric("train_seconds").getAsDouble(),
        cpuSeconds + run.metric("train_cpu_seconds").orElse(0),
        Math.max(peakMebibytes, run.metric("train_peak_mebibytes").orElse(0)));
  }

  /** By their names in MLflow; nothing where nothing was measured. */
  Map<String, Double> metrics(String candidate) {
    if (runs == 0) {
      return Map.of();
    }
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put("train_seconds/" + candidate, seconds);
    metrics.put("train_cpu_seconds/" + candidate, cpuSeconds);
    metrics.put("train_peak_mebibytes/" + candidate, peakMebibytes);
    return metrics;
  }
}
