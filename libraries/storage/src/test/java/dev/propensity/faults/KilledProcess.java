package dev.propensity.faults;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a main class in a process of its own that dies at its n-th exchange with the servers that it
 * asks: the server has done what it was asked, and the process never hears of it.
 */
public final class KilledProcess {
  private static final long LONGEST_SECONDS = 240;

  private final Class<?> main;
  private final Map<String, URI> servers;

  /**
   * @param servers the servers' addresses, by the environment's variables that name them
   */
  public KilledProcess(Class<?> main, Map<String, URI> servers) {
    this.main = main;
    this.servers = Map.copyOf(servers);
  }

  /**
   * What became of the process.
   *
   * @param exit its exit code
   * @param killed whether it was alive when it was killed
   * @param exchanges how many there were
   * @param log what it printed
   */
  public record End(int exit, boolean killed, int exchanges, String log) {}

  /** Runs it to its n-th exchange, or to its end where it has fewer. */
  public End run(int n, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    AtomicInteger exchanges = new AtomicInteger();
    Victim victim = new Victim();
    Map<String, String> variables = new HashMap<>(environment);
    List<Wiretap> taps = new ArrayList<>();
    Path log = Files.createTempFile("killed-", ".log");
    try {
      for (Map.Entry<String, URI> server : servers.entrySet()) {
        Wiretap tap =
            new Wiretap(server.getValue(), () -> exchanges.incrementAndGet() < n || !victim.kill());
        taps.add(tap);
        variables.put(server.getKey(), tap.address().toString());
      }
      ProcessBuilder builder = new ProcessBuilder(new JavaProcess(main).command(arguments));
      builder.environment().putAll(variables);
      victim.process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      if (!victim.process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        victim.process.destroyForcibly();
        throw new IllegalStateException(
            main + " hung at exchange " + exchanges + ":\n" + Files.readString(log));
      }
      return new End(
          victim.process.exitValue(), victim.killed, exchanges.get(), Files.readString(log));
    } finally {
      for (Wiretap tap : taps) {
        tap.close();
      }
      Files.delete(log);
    }
  }

  private static final class Victim {
    private volatile Process process;
    private volatile boolean killed;

    /** Kills the process; whether it was alive. */
    synchronized boolean kill() {
      if (process.isAlive()) {
        process.destroyForcibly();
        killed = true;
      }
      return killed;
    }
  }
}
