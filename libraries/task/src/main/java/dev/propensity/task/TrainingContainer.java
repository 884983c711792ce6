package dev.propensity.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.FolderObjectStore;
import dev.propensity.storage.Manifest;
import dev.propensity.storage.S3Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The container of an Amazon SageMaker training job, by the contract for custom containers.
 *
 * <p>Started with the task's name alone, the task finds its options in {@code
 * input/config/hyperparameters.json}, and each channel {@code input/data/<name>} is the option
 * {@code --<name>}: a channel with one file is that file, one with a manifest an artifact. The
 * task's artifact is written to {@code model}. S3 is not needed. In any case, a failure's message
 * is written to {@code output/failure}.
 *
 * @param root {@code /opt/ml}
 * @see <a
 *     href="https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo.html">Using
 *     your own training algorithms</a>
 */
record TrainingContainer(Path root) {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingContainer.class);
  private static final S3Location STORE = new S3Location("container", "");

  /**
   * The maximum length of a line: SageMaker shows 1,024 characters, including its own text and the
   * exit code.
   */
  private static final int SHOWN = 900;

  /** The one that SageMaker mounts. */
  static TrainingContainer mounted() {
    return new TrainingContainer(Path.of("/opt/ml"));
  }

  /** Whether the options are to be found here, since the command line has none. */
  boolean isRequested(String... arguments) {
    return arguments.length == 0 && Files.isRegularFile(hyperparameters());
  }

  /** These variables, with a store that is a folder and holds the channels' artifacts. */
  TaskEnvironment environment(Map<String, String> variables, Path folder) {
    FolderObjectStore objects = new FolderObjectStore(folder);
    for (Path channel : channels()) {
      if (Files.exists(channel.resolve(Manifest.NAME))) {
        link(objects.file(location(channel)), channel);
      }
    }
    Map<String, String> all = new HashMap<>(variables);
    all.put("PROPENSITY_STORE", STORE.toString());
    return new TaskEnvironment(all, objects);
  }

  /**
   * The options, as the command line has them. Names are those of the command line, or with
   * underscores; those that begin with {@code sagemaker_} are ignored. Values are strings:
   * SageMaker passes no others, and its SDK writes them as JSON.
   */
  String[] arguments() {
    Map<String, String> options = new TreeMap<>();
    for (Path channel : channels()) {
      options.put(channel.getFileName().toString(), value(channel));
    }
    ObjectNode given;
    try {
      given =
          CanonicalJson.read(
              Files.readAllBytes(hyperparameters()),
              ObjectNode.class,
              hyperparameters().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      if (!entry.getKey().startsWith("sagemaker_")) {
        options.put(entry.getKey().replace('_', '-'), unquoted(entry));
      }
    }
    List<String> words = new ArrayList<>();
    options.forEach((name, value) -> words.addAll(List.of("--" + name, value)));
    return words.toArray(String[]::new);
  }

  /** Writes the artifact to SageMaker's model folder. */
  void keep(ArtifactStore store, String uri) {
    Path model = root.resolve("model");
    try {
      Files.createDirectories(model);
    } catch (IOException e) {
      throw new UserException("cannot write to " + model + ": mount it writable for this user", e);
    }
    if (!Files.isWritable(model)) {
      throw new UserException("cannot write to " + model + ": mount it writable for this user");
    }
    store.fetch(store.find(S3Location.parse(uri)).orElseThrow(), model);
  }

  /** Writes the failure for SageMaker, if this is one of its containers. */
  void fail(@Nullable String line) {
    Path output = root.resolve("output");
    if (!Files.isDirectory(output)) {
      return;
    }
    try {
      String text = String.valueOf(line);
      Files.writeString(
          output.resolve("failure"), text.substring(0, Math.min(SHOWN, text.length())));
    } catch (IOException e) {
      LOG.warn("could not write {}: {}", output.resolve("failure"), e.toString());
    }
  }

  private Path hyperparameters() {
    return root.resolve("input/config/hyperparameters.json");
  }

  private List<Path> channels() {
    Path data = root.resolve("input/data");
    if (!Files.isDirectory(data)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(data)) {
      return list.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static S3Location location(Path channel) {
    Path file = channel.resolve(Manifest.NAME);
    try {
      return Manifest.parse(Files.readAllBytes(file), file.toString())
          .computation()
          .location(STORE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String value(Path channel) {
    if (Files.exists(channel.resolve(Manifest.NAME))) {
      return location(channel).toString();
    }
    try (Stream<Path> list = Files.list(channel)) {
      List<Path> files = list.toList();
      return (files.size() == 1 ? files.get(0) : channel).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void link(Path from, Path to) {
    try {
      Files.createDirectories(from.getParent());
      Files.createSymbolicLink(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String unquoted(Map.Entry<String, JsonNode> parameter) {
    String value = parameter.getValue().asText();
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    String where = hyperparameters() + ": the text of '" + parameter.getKey() + "'";
    return quoted
        ? CanonicalJson.read(value.getBytes(StandardCharsets.UTF_8), String.class, where)
        : value;
  }
}
