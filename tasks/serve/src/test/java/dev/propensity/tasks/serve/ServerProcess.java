package dev.propensity.tasks.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@code serve} task in its own process. */
final class ServerProcess implements AutoCloseable {
  private static final String LISTENING = "listening on http://";
  private static final int TIMEOUT_SECONDS = 60;

  private final Path log;
  private final Process process;

  /**
   * @param folder of the log
   * @param java options of the virtual machine
   */
  ServerProcess(Path folder, Map<String, String> environment, List<String> java, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ServeTask.class.getName());
    command.addAll(List.of(options));
    log = Files.createTempFile(folder, "serve", ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** The port, once it listens. */
  int port() throws Exception {
    while (process.isAlive()) {
      for (String line : lines()) {
        if (line.contains(LISTENING)) {
          return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
        }
      }
      Thread.sleep(20);
    }
    throw new IOException("the server ended: " + lines());
  }

  /** The complete lines logged so far. */
  List<String> lines() throws IOException {
    String text = Files.readString(log);
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> !line.startsWith("SLF4J"))
        .toList();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Requests its end: SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Kills it: SIGKILL. */
  void kill() throws Exception {
    process.destroyForcibly();
    exit();
  }

  /** Its exit code, once it has ended. */
  int exit() throws Exception {
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("the server did not end: " + lines());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
