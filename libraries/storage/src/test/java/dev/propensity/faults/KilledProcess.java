package dev.propensity.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A task as a separate process, killed by SIGKILL. */
final class KilledProcess implements Victim.Life {
  private final JavaProcess java;
  private final Path input;
  private final String[] arguments;
  private final Path log;
  private Process process;
  private boolean killed;

  /**
   * @param input its standard input
   */
  KilledProcess(JavaProcess java, Path input, String... arguments) throws IOException {
    this.java = java;
    this.input = input;
    this.arguments = arguments;
    this.log = Files.createTempFile("killed-", ".log");
  }

  @Override
  public synchronized void start(Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(java.command(arguments));
    builder.environment().putAll(environment);
    process =
        builder
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  @Override
  public synchronized boolean kill(List<Wiretap> taps) {
    if (process.isAlive()) {
      process.destroyForcibly();
      killed = true;
    }
    return killed;
  }

  @Override
  public boolean ends(long seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  @Override
  public synchronized boolean killed() {
    return killed;
  }

  @Override
  public int exit() {
    return process.exitValue();
  }

  @Override
  public String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close(List<Wiretap> taps) throws IOException {
    if (process != null) {
      process.destroyForcibly();
    }
    for (Wiretap tap : taps) {
      tap.close();
    }
    Files.delete(log);
  }
}
