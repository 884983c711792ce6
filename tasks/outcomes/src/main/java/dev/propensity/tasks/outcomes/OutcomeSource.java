package dev.propensity.tasks.outcomes;

import dev.propensity.foundation.UserException;
import dev.propensity.parquet.TableFile;
import dev.propensity.storage.S3Location;
import dev.propensity.task.TaskEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a table of outcomes is read from: a file, S3 or standard input. */
record OutcomeSource(String place, TaskEnvironment environment, InputStream input) {
  private static final String STANDARD_INPUT = "-";

  /** Its name in messages. */
  String where() {
    return place.equals(STANDARD_INPUT) ? "standard input" : place;
  }

  /**
   * The table as it arrives, decompressed.
   *
   * @throws UserException if it does not exist
   */
  TableFile open() throws IOException {
    if (place.equals(STANDARD_INPUT)) {
      return TableFile.open(input, where(), false, bytes -> {});
    }
    if (place.startsWith("s3://")) {
      InputStream arriving = environment.objects().open(S3Location.parseObject(place));
      return TableFile.open(arriving, place, false, bytes -> {});
    }
    Path file = file();
    return Files.isRegularFile(file) || Files.isDirectory(file)
        ? TableFile.open(file, place, false, bytes -> {})
        : TableFile.open(Files.newInputStream(file), place, false, bytes -> {});
  }

  private Path file() {
    Path file;
    try {
      file = Path.of(place);
    } catch (InvalidPathException e) {
      throw new UserException("'" + place + "' is not a path or an s3:// address", e);
    }
    if (!Files.isReadable(file)) {
      throw new UserException("no such file, or not readable: " + place);
    }
    return file;
  }
}
