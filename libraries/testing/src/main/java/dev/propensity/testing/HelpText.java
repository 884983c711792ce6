package dev.propensity.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.task.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * Compares a task's {@code --help} with its golden file {@code src/test/resources/<task>-help.txt},
 * so that a changed option shows in review and the DAGs can be checked against it. A test is one
 * line: {@code HelpText.assertUnchanged(new TrainTask());}. With {@code -Dgolden.write=true} the
 * file is written instead.
 */
public final class HelpText {
  private HelpText() {}

  /** Fails if the task's help differs from its golden file. */
  public static void assertUnchanged(Task task) throws IOException {
    CommandLine line = new CommandLine(task);
    String help = line.getUsageMessage(CommandLine.Help.Ansi.OFF);
    String name = line.getCommandName() + "-help.txt";
    if (Boolean.getBoolean("golden.write")) {
      Path folder = Path.of("src/test/resources");
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name), help);
      return;
    }
    try (InputStream golden = task.getClass().getResourceAsStream("/" + name)) {
      assertThat(golden)
          .as("src/test/resources/%s; -Dgolden.write=true writes it", name)
          .isNotNull();
      assertThat(help)
          .as("--help against src/test/resources/%s; -Dgolden.write=true writes it", name)
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
