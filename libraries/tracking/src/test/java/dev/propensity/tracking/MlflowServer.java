package dev.propensity.tracking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real MLflow server for tests: {@code @RegisterExtension static final MlflowServer MLFLOW = new
 * MlflowServer();}. It starts in half a minute or so, once for all test classes of a module, and
 * ends with them; {@link #apart} starts another with an empty database.
 *
 * <p>It runs from the environment {@code mlflow} in {@code PROPENSITY_ENVIRONMENTS}, or else in
 * {@code .propensity/environments}. Where there is none, tests are skipped, and fail where {@code
 * CI=true}.
 */
public final class MlflowServer implements BeforeAllCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private final String name;
  private Server server;

  /** The server that all test classes of the module share. */
  public MlflowServer() {
    this("shared");
  }

  private MlflowServer(String name) {
    this.name = name;
  }

  /** Another server, independent of the shared one. */
  public static MlflowServer apart(String name) {
    return new MlflowServer(name);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Path python = environments().resolve("mlflow/bin/python");
    if (!Files.isExecutable(python)) {
      String message =
          "no MLflow at " + python + ": run make start, or set PROPENSITY_ENVIRONMENTS";
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(message);
      }
      Assumptions.abort("skipped: " + message);
    }
    server =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(MlflowServer.class))
            .getOrComputeIfAbsent(name, key -> Server.start(python), Server.class);
  }

  /** The value of {@code MLFLOW_TRACKING_URI}. */
  public String uri() {
    return server.uri();
  }

  /** A connection to this server. */
  public Tracking tracking() {
    return Tracking.connect(
            key -> key.equals("MLFLOW_TRACKING_URI") ? Optional.of(uri()) : Optional.empty())
        .orElseThrow();
  }

  /**
   * MLflow's response to a request of {@code /api/2.0/mlflow/…} or any other path, as JSON text.
   */
  public String get(String path) {
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(URI.create(uri() + path)).build(), BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path environments() {
    String set = System.getenv("PROPENSITY_ENVIRONMENTS");
    if (set != null && !set.isEmpty()) {
      return Path.of(set);
    }
    return project().resolve(".propensity/environments");
  }

  private static Path project() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.isDirectory(folder.resolve("libraries"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  private record Server(Process process, String uri, Path folder) implements AutoCloseable {

    static Server start(Path python) {
      try {
        Path folder = Files.createTempDirectory("mlflow");
        Path empty = environments().resolve("mlflow/empty.db");
        if (Files.exists(
            empty)) { // otherwise MLflow creates its tables, which takes some ten seconds
          Files.copy(empty, folder.resolve("mlflow.db"));
        }
        int port = freePort();
        Path log = folder.resolve("log.txt");
        ProcessBuilder builder =
            new ProcessBuilder(
                    List.of(
                        python.toString(),
                        "-P",
                        project().resolve("airflow/stack/servers/mlflow_server.py").toString(),
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--workers=1",
                        "--backend-store-uri=sqlite:///" + folder.resolve("mlflow.db"),
                        "--serve-artifacts",
                        "--artifacts-destination=" + folder.resolve("artifacts")))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
        builder.environment().put("MLFLOW_DISABLE_TELEMETRY", "true");
        Server server = new Server(builder.start(), "http://127.0.0.1:" + port, folder);
        Runtime.getRuntime().addShutdownHook(new Thread(server::kill));
        server.awaitHealth(log);
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }

    private void awaitHealth(Path log) throws IOException, InterruptedException {
      HttpClient client = HttpClient.newHttpClient();
      HttpRequest health = HttpRequest.newBuilder(URI.create(uri + "/health")).build();
      Instant end = Instant.now().plus(PATIENCE);
      while (Instant.now().isBefore(end) && process.isAlive()) {
        try {
          if (client.send(health, BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          // not up yet
        }
        Thread.sleep(200);
      }
      kill();
      Assertions.fail("MLflow did not start:\n" + Files.readString(log));
    }

    private void kill() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }

    @Override
    public void close() throws IOException {
      kill();
      process.onExit().join();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
