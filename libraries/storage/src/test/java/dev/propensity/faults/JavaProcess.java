package dev.propensity.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a task's main class in a separate process, as its jar would. */
public final class JavaProcess {
  private static final long MAX_SECONDS = 240;

  private final Class<?> main;
  private final List<String> options;

  /**
   * @param options more options of the virtual machine, as {@code -Duser.timezone=UTC}
   */
  public JavaProcess(Class<?> main, String... options) {
    this.main = main;
    this.options = List.of(options);
  }

  /**
   * What became of the process.
   *
   * @param exit its exit code
   * @param log what it printed to stderr
   */
  public record Exit(int exit, String log) {

    /** The lines that tell of errors. */
    public List<String> errors() {
      return log.lines().filter(line -> line.contains("ERROR")).toList();
    }
  }

  /** Runs it to its end. */
  public Exit run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("process-", ".log");
    try {
      ProcessBuilder builder = new ProcessBuilder(command(arguments));
      builder.environment().putAll(environment);
      Process process =
          builder
              .redirectError(log.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(main + " hung:\n" + Files.readString(log));
      }
      return new Exit(process.exitValue(), Files.readString(log));
    } finally {
      Files.delete(log);
    }
  }

  /** The whole command line. */
  List<String> command(String... arguments) {
    List<String> command = TaskJvm.command(main, options);
    command.addAll(List.of(arguments));
    return command;
  }
}
