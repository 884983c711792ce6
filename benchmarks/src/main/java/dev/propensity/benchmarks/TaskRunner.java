package dev.propensity.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.task.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Runs tasks in one process, so that hundreds of short tasks do not each start a JVM. Each line of
 * standard input is a task's name and arguments, as a JSON array. Standard output is the task's
 * output, then a line with its exit code.
 */
public final class TaskRunner {
  private TaskRunner() {}

  /** Runs tasks until the end of standard input. */
  public static void main(String... arguments) throws IOException, ReflectiveOperationException {
    ObjectMapper json = new ObjectMapper();
    PrintStream out = System.out;
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = json.readValue(line, String[].class);
      Task task = task(words[0]);
      int code = Task.run(task, System.getenv(), Arrays.copyOfRange(words, 1, words.length));
      out.println(code);
      out.flush();
    }
  }

  private static Task task(String name) throws ReflectiveOperationException {
    String type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "Task";
    return Class.forName("dev.propensity.tasks." + name + "." + type)
        .asSubclass(Task.class)
        .getConstructor()
        .newInstance();
  }
}
