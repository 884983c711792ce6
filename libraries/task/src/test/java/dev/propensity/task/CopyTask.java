package dev.propensity.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Origin;
import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The smallest computation, to test with. */
@Command(name = "copy", description = "Writes its words into two files.")
final class CopyTask extends ComputationTask {
  @Option(names = "--words", required = true, description = "What to write.")
  private String words;

  int computed;
  int announced;
  String suffix = "";

  public static void main(String... arguments) {
    Task.main(new CopyTask(), arguments);
  }

  @Override
  protected Computation computation() {
    TreeMap<String, JsonNode> parameters = new TreeMap<>();
    parameters.put("words", new TextNode(words));
    return new Computation("toys", Origin.REAL, "copy", code(), parameters, new TreeMap<>());
  }

  @Override
  protected void compute(Path into) throws IOException {
    if (words.equals("bad")) {
      throw new UserException("these are bad words");
    }
    computed++;
    Files.writeString(into.resolve("words.txt"), words + suffix);
    Files.writeString(into.resolve("again.txt"), words);
  }

  @Override
  protected void announce(Artifact artifact) {
    announced++;
  }
}
