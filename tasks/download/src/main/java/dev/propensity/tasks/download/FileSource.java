package dev.propensity.tasks.download;

import dev.propensity.foundation.UserException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A local file, or a folder of Parquet files, read in place. */
record FileSource(String path) implements Source {

  @Override
  public Path fetch(Path folder, Limits limits) {
    Path file = file();
    if (!Files.exists(file)) {
      throw new UserException("no such file: " + path);
    }
    boolean isTable = Files.isRegularFile(file) || Files.isDirectory(file);
    if (!isTable || !Files.isReadable(file)) {
      throw new UserException(path + " is not a readable file");
    }
    return file;
  }

  private Path file() {
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new UserException("'" + path + "' is not a path", e);
    }
  }

  @Override
  public String toString() {
    return path;
  }
}
