package dev.propensity.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The Python of the tools environment, with the libraries that parity tests compare with. */
public final class Python {
  private Python() {}

  /**
   * Runs a script of {@code src/test/python} on a folder. Without a Python environment the test is
   * skipped, and fails where {@code CI=true}.
   */
  public static void run(String script, Path folder) throws IOException, InterruptedException {
    Path file = Path.of("src/test/python").resolve(script).toAbsolutePath();
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(interpreter().toString(), file.toString(), folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  /** The interpreter, where there is one. */
  public static Path interpreter() {
    String environments = System.getenv("PROPENSITY_ENVIRONMENTS");
    Path folder =
        environments == null ? Path.of("../../.propensity/environments") : Path.of(environments);
    Path interpreter = folder.resolve("tools/bin/python").toAbsolutePath();
    boolean there = Files.exists(interpreter);
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(there, "no Python environment: 'make environments' installs it");
    }
    assertThat(there).as("Python environment %s", interpreter).isTrue();
    return interpreter;
  }
}
