package dev.propensity.task;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --dataset}, to mix into a task: {@code @Mixin DatasetOption dataset;}. */
public final class DatasetOption {
  private static final Pattern NAME = Pattern.compile("(?m)^name:[ \\t]*[\"']?([\\w.-]+)");

  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "FILE",
      description = "The dataset's specification: a YAML file, or the YAML itself.")
  private String value;

  private @Nullable DatasetSpec spec;

  /**
   * The specification.
   *
   * @throws UserException if there is no such file, or with all of its errors
   */
  public DatasetSpec spec() {
    if (spec == null) {
      spec = isText(value) ? DatasetSpec.parse(value, where()) : read(value);
    }
    return spec;
  }

  /**
   * The specification's name in error messages: the file as given; for inline YAML, the file name
   * that follows from the dataset's name.
   */
  public String where() {
    if (!isText(value)) {
      return value;
    }
    Matcher name = NAME.matcher(value);
    return name.find() ? name.group(1) + ".yaml" : "--dataset";
  }

  private static boolean isText(String value) {
    return value.indexOf('\n') >= 0 || value.contains(": ");
  }

  private static DatasetSpec read(String file) {
    try {
      return DatasetSpec.parse(Files.readString(Path.of(file)), file);
    } catch (MalformedInputException e) {
      throw new UserException(file + " is not UTF-8 text", e);
    } catch (IOException | InvalidPathException e) {
      throw new UserException("--dataset: cannot read the file '" + file + "'", e);
    }
  }
}
