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

/**
 * A dataset's specification as an option's value.
 *
 * @param value a YAML file, or the YAML itself
 */
public record DatasetFile(String value) {
  private static final Pattern NAME = Pattern.compile("(?m)^name:[ \\t]*[\"']?([\\w.-]+)");

  /**
   * Reads the specification.
   *
   * @throws UserException if there is no such file, or with all of its errors
   */
  public DatasetSpec spec() {
    return isText() ? DatasetSpec.parse(value, where()) : read();
  }

  /**
   * The specification's name in error messages: the file as given; for inline YAML, the file name
   * that follows from the dataset's name.
   */
  public String where() {
    if (!isText()) {
      return value;
    }
    Matcher name = NAME.matcher(value);
    return name.find() ? name.group(1) + ".yaml" : "--dataset";
  }

  private boolean isText() {
    return value.indexOf('\n') >= 0 || value.contains(": ");
  }

  private DatasetSpec read() {
    try {
      return DatasetSpec.parse(Files.readString(Path.of(value)), value);
    } catch (MalformedInputException e) {
      throw new UserException(value + " is not UTF-8 text", e);
    } catch (IOException | InvalidPathException e) {
      throw new UserException("--dataset: cannot read the file '" + value + "'", e);
    }
  }
}
