package dev.propensity.tests.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.task.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A task that ran in this process.
 *
 * @param uri what it made; null where it made nothing
 * @param reason of its result; where there is no result, what it logged as an error
 * @param warnings that it logged
 * @param log all that it logged
 */
record TaskRun(int exit, String uri, String reason, List<String> warnings, List<String> log) {
  private static final String WARNING = "WARN ";
  private static final String ERROR = "ERROR ";

  static TaskRun of(Supplier<Task> task, Map<String, String> environment, String... arguments)
      throws IOException {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (WorkFolder folder = new WorkFolder();
        PrintStream captured = new PrintStream(log, true, StandardCharsets.UTF_8)) {
      Path result = folder.path().resolve("result.json");
      List<String> all = new ArrayList<>(List.of(arguments));
      all.addAll(List.of("--result", result.toString()));
      System.setOut(captured);
      System.setErr(captured);
      int exit = Task.run(task.get(), environment, all.toArray(String[]::new));
      captured.flush();
      List<String> lines = log.toString(StandardCharsets.UTF_8).lines().toList();
      JsonNode json = CanonicalJson.mapper().createObjectNode();
      if (Files.exists(result)) {
        json = CanonicalJson.mapper().readTree(Files.readAllBytes(result));
      }
      String reason = json.path("reason").asText(String.join(" / ", logged(ERROR, lines)));
      return new TaskRun(
          exit, json.path("uri").asText(null), reason, logged(WARNING, lines), lines);
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
