package dev.propensity.tests.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.task.Task;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A task that ran in this process.
 *
 * @param uri its artifact; null where there is none
 * @param reason of its result; where there is no result, what it logged as an error
 * @param warnings that it logged
 * @param log its whole log
 */
record LoggedTaskRun(int exit, String uri, String reason, List<String> warnings, List<String> log) {
  private static final String WARNING = "WARN ";
  private static final String ERROR = "ERROR ";

  static LoggedTaskRun of(Supplier<Task> task, Map<String, String> environment, String... arguments)
      throws IOException {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (PrintStream captured = new PrintStream(log, true, StandardCharsets.UTF_8)) {
      System.setOut(captured);
      System.setErr(captured);
      TaskRun run = TaskRunner.run(task.get(), environment, arguments);
      captured.flush();
      List<String> lines = log.toString(StandardCharsets.UTF_8).lines().toList();
      JsonNode json = run.result();
      String reason = json.path("reason").asText(String.join(" / ", logged(ERROR, lines)));
      return new LoggedTaskRun(
          run.exit(), json.path("uri").asText(null), reason, logged(WARNING, lines), lines);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private static List<String> logged(String level, List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(level))
        .map(line -> line.substring(level.length()))
        .toList();
  }
}
