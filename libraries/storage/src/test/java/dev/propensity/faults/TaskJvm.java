package dev.propensity.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How tests start the virtual machine of a task.
 *
 * <p>With the jars in the folder that the system property {@code task.jars} names, if set, and
 * their class-data archive, which halves what a start costs; {@code .ci/test} builds both first.
 * Otherwise with this process's class path, so that a test run alone needs no built jars.
 */
public final class TaskJvm {
  private static final String JARS = System.getProperty("task.jars", "");

  private TaskJvm() {}

  /**
   * The command line up to the main class; the task's arguments follow.
   *
   * @param main the task's main class; one of the tests runs with this process's class path
   * @param options more options of the virtual machine, as {@code -Duser.timezone=UTC}
   */
  public static List<String> command(Class<?> main, List<String> options) {
    boolean fromJars = !JARS.isEmpty() && !isOfTests(main);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--add-opens=java.base/java.nio=ALL-UNNAMED"));
    if (fromJars) {
      // Like the launcher: a JVM that rejects the archive would print a warning on standard output.
      command.addAll(
          List.of(
              "-XX:SharedArchiveFile=" + Path.of(JARS, "classes.jsa"),
              "-Xshare:auto",
              "-Xlog:disable",
              "-Xlog:all=warning:stderr"));
    }
    command.addAll(options);
    String classPath = fromJars ? jars() : System.getProperty("java.class.path");
    command.addAll(List.of("-cp", classPath, main.getName()));
    return command;
  }

  private static boolean isOfTests(Class<?> main) {
    String source = main.getProtectionDomain().getCodeSource().getLocation().getPath();
    return source.endsWith("/test-classes/") || source.endsWith("-tests.jar");
  }

  private static String jars() {
    Path folder = Path.of(JARS);
    try {
      // In the order of the archive.
      return Files.readAllLines(folder.resolve("classpath")).stream()
          .map(jar -> folder.resolve(jar).toString())
          .collect(Collectors.joining(":"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
