package dev.propensity.tasks.train;

import dev.propensity.artifacts.mlflow.TrainingCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The resources used by training, as MLflow's metrics {@code train_seconds}, {@code
 * train_cpu_seconds} (of all threads) and {@code train_peak_mebibytes} (the most memory that the
 * process had). No file of an artifact may contain them: they differ between runs.
 */
final class TrainingMeter {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double NANOS = 1e9;
  private static final double KIBIBYTES_PER_MEBIBYTE = 1024;

  private final long begun = System.nanoTime();
  private final Duration cpu = cpu();

  private TrainingMeter() {}

  /** Starts measuring. */
  static TrainingMeter begin() {
    return new TrainingMeter();
  }

  /** The metrics until now, without those that this system does not provide. */
  Map<String, Double> metrics() {
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put(TrainingCost.SECONDS, (System.nanoTime() - begun) / NANOS);
    metrics.put(TrainingCost.CPU_SECONDS, cpu().minus(cpu).toNanos() / NANOS);
    peakMebibytes().ifPresent(peak -> metrics.put(TrainingCost.PEAK_MEBIBYTES, peak));
    return metrics;
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  // Linux records the highest resident size since the process started.
  private static OptionalDouble peakMebibytes() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
          .map(kibibytes -> kibibytes / KIBIBYTES_PER_MEBIBYTE)
          .findFirst();
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }
}
