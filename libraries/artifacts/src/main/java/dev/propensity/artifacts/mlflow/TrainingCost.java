package dev.propensity.artifacts.mlflow;

import dev.propensity.tracking.Run;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cost of training a candidate on all folds, from MLflow's runs.
 *
 * @param runs that record it
 * @param seconds of all folds together
 * @param cpuSeconds of all folds and threads together
 * @param peakMebibytes the most memory that a fold's process had
 */
public record TrainingCost(int runs, double seconds, double cpuSeconds, double peakMebibytes) {
  /** The metric of a model's run: wall-clock seconds. */
  public static final String SECONDS = "train_seconds";

  /** The metric of a model's run: CPU seconds of all threads. */
  public static final String CPU_SECONDS = "train_cpu_seconds";

  /** The metric of a model's run: the most memory that the process had, in MiB. */
  public static final String PEAK_MEBIBYTES = "train_peak_mebibytes";

  /** Without runs. */
  public static final TrainingCost NONE = new TrainingCost(0, 0, 0, 0);

  /** Adds a fold's run. A run without measurements changes nothing. */
  TrainingCost and(Run run) {
    if (run.metric(SECONDS).isEmpty()) {
      return this;
    }
    return new TrainingCost(
        runs + 1,
        seconds + run.metric(SECONDS).getAsDouble(),
        cpuSeconds + run.metric(CPU_SECONDS).orElse(0),
        Math.max(peakMebibytes, run.metric(PEAK_MEBIBYTES).orElse(0)));
  }

  /** By their names in MLflow; empty where nothing was measured. */
  Map<String, Double> metrics(String candidate) {
    if (runs == 0) {
      return Map.of();
    }
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put(SECONDS + "/" + candidate, seconds);
    metrics.put(CPU_SECONDS + "/" + candidate, cpuSeconds);
    metrics.put(PEAK_MEBIBYTES + "/" + candidate, peakMebibytes);
    return metrics;
  }
}
