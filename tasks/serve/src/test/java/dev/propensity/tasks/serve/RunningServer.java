package dev.propensity.tasks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.task.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A {@code serve} task that runs in a thread of the test. */
public final class RunningServer implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final ServeTask task = new ServeTask(Path.of("/no/model/here"));
  private final Thread thread;
  private volatile int exit = -1;

  public RunningServer(Map<String, String> environment, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--port", "0", "--poll-seconds", "0.1"));
    thread = new Thread(() -> exit = Task.run(task, environment, all.toArray(String[]::new)));
    thread.start();
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (task.port() <= 0 && thread.isAlive()) {
      assertThat(System.nanoTime()).as("time").isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  public Responses responses() {
    return new Responses(task.port());
  }

  /** Its model description, once it is as expected. */
  public JsonNode model(Predicate<JsonNode> expected) throws Exception {
    Responses responses = responses();
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (true) {
      JsonNode model = Responses.tree(responses.get("/api/v1/model"));
      if (expected.test(model)) {
        return model;
      }
      assertThat(System.nanoTime()).as("time until %s", model).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  /** Its model description, once this release is live. */
  public JsonNode answering(int release) throws Exception {
    return model(model -> model.get("release").asInt() == release);
  }

  /** Starts its shutdown, without waiting. */
  public void stop() {
    task.stop();
  }

  /** Waits for its end. */
  public int exit() throws InterruptedException {
    thread.join(TIMEOUT.toMillis());
    return exit;
  }

  @Override
  public void close() {
    stop();
    try {
      assertThat(exit()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
