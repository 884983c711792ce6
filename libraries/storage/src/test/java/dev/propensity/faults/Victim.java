package dev.propensity.faults;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A task that is killed at its n-th exchange with its servers: the server has processed the
 * request, and the task does not receive the response.
 *
 * <p>It dies as a process, by SIGKILL, or as a thread of this process whose connections are cut.
 * For the servers both are equal, and a thread needs no start of a virtual machine.
 *
 * @param main the task's main class
 * @param command the task, run in this process
 * @param servers the servers' addresses, by the environment's variables that name them
 * @param input the standard input of the process
 */
public record Victim(Class<?> main, Command command, Map<String, URI> servers, Path input) {
  private static final long MAX_SECONDS = 240;

  /** A task that reads no standard input. */
  public Victim(Class<?> main, Command command, Map<String, URI> servers) {
    this(main, command, servers, Path.of("/dev/null"));
  }

  /** Like main, without ending the process. */
  @FunctionalInterface
  public interface Command {
    /** Its exit code. */
    int run(Map<String, String> environment, String... arguments);
  }

  /**
   * The result of the task.
   *
   * @param exit its exit code; undefined for a killed one
   * @param killed whether it was alive when it was killed
   * @param exchanges how many there were
   */
  public record End(int exit, boolean killed, int exchanges) {}

  /** Runs it as a thread to its n-th exchange, or to its end where it has fewer. */
  public End runAsThread(int n, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return run(n, environment, new KilledThread(command, arguments));
  }

  /** Runs it as a process to its n-th exchange, or to its end where it has fewer. */
  public End runAsProcess(int n, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return run(n, environment, new KilledProcess(new JavaProcess(main), input, arguments));
  }

  private End run(int n, Map<String, String> environment, Life life)
      throws IOException, InterruptedException {
    AtomicInteger exchanges = new AtomicInteger();
    Map<String, String> variables = new HashMap<>(environment);
    List<Wiretap> taps = new ArrayList<>();
    try {
      for (Map.Entry<String, URI> server : servers.entrySet()) {
        Wiretap tap =
            new Wiretap(
                server.getValue(), () -> exchanges.incrementAndGet() < n || !life.kill(taps));
        taps.add(tap);
        variables.put(server.getKey(), tap.address().toString());
      }
      life.start(variables);
      if (!life.ends(MAX_SECONDS)) {
        throw new IllegalStateException(
            main + " hung at exchange " + exchanges + ":\n" + life.log());
      }
      return new End(life.killed() ? -1 : life.exit(), life.killed(), exchanges.get());
    } finally {
      life.close(taps);
    }
  }

  /** A task that runs and can be killed. */
  interface Life {

    /** Starts the task. */
    void start(Map<String, String> environment) throws IOException;

    /** Kills the task; whether it was alive. */
    boolean kill(List<Wiretap> taps);

    /** Whether the task has ended or was killed within these seconds. */
    boolean ends(long seconds) throws InterruptedException;

    /** Whether the task was killed. */
    boolean killed();

    /** The exit code of a task that has ended by itself. */
    int exit();

    /** What the task has printed. */
    String log() throws IOException;

    /** Closes the proxies when the task can no longer connect to another server at their ports. */
    void close(List<Wiretap> taps) throws IOException;
  }
}
