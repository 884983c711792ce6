package dev.propensity.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs tasks in the test's process, as their command lines do. */
public final class TaskRunner {
  private TaskRunner() {}

  /**
   * Runs a task.
   *
   * @param environment the environment's variables
   * @param arguments all options but {@code --result}
   */
  public static TaskRun run(Task task, Map<String, String> environment, String... arguments)
      throws IOException {
    return run(task, environment, List.of(arguments));
  }

  /** Runs a task with these options. */
  public static TaskRun run(Task task, Map<String, String> environment, List<String> arguments)
      throws IOException {
    try (WorkFolder folder = new WorkFolder()) {
      Path file = folder.path().resolve("result.json");
      List<String> all = new ArrayList<>(arguments);
      all.add("--result=" + file);
      int exit = Task.run(task, environment, all.toArray(String[]::new));
      JsonNode result =
          Files.exists(file)
              ? CanonicalJson.mapper().readTree(file.toFile())
              : CanonicalJson.mapper().createObjectNode();
      return new TaskRun(exit, result);
    }
  }
}
