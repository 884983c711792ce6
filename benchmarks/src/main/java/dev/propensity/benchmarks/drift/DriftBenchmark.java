package dev.propensity.benchmarks.drift;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Measures the drift rule on simulated days and on real rows. */
@Command(
    name = "drift",
    mixinStandardHelpOptions = true,
    description = "Measures the drift rule.",
    subcommands = {QuietDays.class, DetectionDelay.class, DetectionTable.class})
public final class DriftBenchmark {
  private DriftBenchmark() {}

  public static void main(String... arguments) {
    System.exit(new CommandLine(new DriftBenchmark()).execute(arguments));
  }
}
