package dev.propensity.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactFiles;
import dev.propensity.storage.Computation;
import dev.propensity.storage.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The smallest computation, to test with. */
@Command(name = "copy", description = "Writes its words into two files.")
final class CopyTask extends ComputationTask {
  @Option(names = "--words", required = true, description = "What to write.")
  private String words;

  int computed;
  final List<String> published = new ArrayList<>();
  String suffix = "";

  public static void main(String... arguments) {
    Task.main(new CopyTask(), arguments);
  }

  @Override
  protected ComputationStep<String> prepare() {
    TreeMap<String, JsonNode> parameters = new TreeMap<>();
    parameters.put("words", new TextNode(words));
    return ComputationStep.of(
            new Computation("toys", Origin.REAL, "copy", code(), parameters, new TreeMap<>()),
            this::compute,
            this::publish)
        .details(files -> Map.of("letters", words.length()));
  }

  private String compute(Path into) throws IOException {
    if (words.equals("bad")) {
      throw new UserException("these are bad words");
    }
    computed++;
    Files.writeString(into.resolve("words.txt"), words + suffix);
    Files.writeString(into.resolve("again.txt"), words);
    return "computed " + words;
  }

  private Map<String, String> publish(ArtifactFiles files, Optional<String> message) {
    String read = new String(files.read("words.txt"), StandardCharsets.UTF_8);
    published.add(read + (files.written().isPresent() ? ", written" : ", stored"));
    message.ifPresent(published::add);
    return Map.of("mlflow_run", "http://mlflow/" + read);
  }
}
